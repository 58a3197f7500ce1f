import { AskingPanel } from '../asking/asking-panel.tsx';
import { HallCut } from '../cutting/hall-cut.tsx';
import { Beside } from '../hall/beside.tsx';
import { HallBar } from '../hall/hall-bar.tsx';
import { OwnVoiceBar } from '../hall/own-voice-bar.tsx';
import { NOTHING_ON_AIR } from '../hall/program-tracks.ts';
import { ProgramView } from '../hall/program-view.tsx';
import type { InHall } from '../hall/visit.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { FullScreenButton } from './full-screen-button.tsx';

/** What a watcher sees: the program as large as the window lets it, the room and the speakers beside it. */
export function Watching({ view, client, state, voice }: InHall) {
  const t = useTexts();
  const program = view.live?.program ?? NOTHING_ON_AIR;
  return (
    <div className="hall" data-testid="watching" data-phase={state.phase}>
      <HallBar view={view} state={state} />
      <main className="hall-main">
        <section className="hall-center" aria-label={t('demonstrationHall:program.title')}>
          <FullScreenButton>
            <ProgramView demonstrationId={view.demonstrationId} client={client} state={state} program={program} />
          </FullScreenButton>
          <OwnVoiceBar voice={voice} mayPublish={state.mayPublish} />
        </section>
        <aside className="hall-side" aria-label={t('demonstrationHall:side')}>
          <HallCut view={view} client={client} state={state} />
          <Beside client={client} state={state} program={program} />
          {view.actions.includes('read-asking') && <AskingPanel demonstrationId={view.demonstrationId} />}
        </aside>
      </main>
    </div>
  );
}
