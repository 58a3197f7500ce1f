import { useState } from 'react';
import { call } from '../api/http.ts';
import { AskingPanel } from '../asking/asking-panel.tsx';
import { HallCut } from '../cutting/hall-cut.tsx';
import { FieldLayer } from '../drawing/field-layer.tsx';
import { FieldTools } from '../drawing/field-tools.tsx';
import { useFieldDrawing } from '../drawing/use-field-drawing.ts';
import { Beside, Speakers } from '../hall/beside.tsx';
import { HallBar } from '../hall/hall-bar.tsx';
import { OwnVoiceBar } from '../hall/own-voice-bar.tsx';
import { NOTHING_ON_AIR } from '../hall/program-tracks.ts';
import { ProgramView } from '../hall/program-view.tsx';
import { useLiveAct } from '../hall/use-live-act.ts';
import type { InHall } from '../hall/visit.tsx';
import { HlsProgram } from '../hls/hls-program.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { BesideProgram } from '../showing/beside-program.tsx';
import { OpenShowing } from '../showing/open-showing.tsx';
import { useShowing } from '../showing/use-showing.ts';
import { FullScreenButton } from './full-screen-button.tsx';

/** What a watcher sees: the program as large as the window lets it, the room and the speakers beside it; where no media comes through, or the person wants it, HLS. */
export function Watching({ view, client, state, voice, lateness: { reason, choose } }: InHall) {
  const t = useTexts();
  const showing = useShowing(view);
  const [isOpen, setOpen] = useState(false);
  const drawing = useFieldDrawing(showing, state.cut.picture);
  const act = useLiveAct(view.demonstrationId);
  const giveBack = () => call('demonstration:give-back-voice', { params: { demonstrationId: view.demonstrationId } });
  const program = view.live?.program ?? NOTHING_ON_AIR;
  const mayChoose = reason !== 'network' && state.mayPublish.length === 0;
  // Outside of the hall the server alone says what is cut.
  const cut = (state.phase === 'inside' ? undefined : view.live?.cut) ?? state.cut;
  return (
    <div className="hall" data-testid="watching" data-phase={state.phase}>
      <HallBar view={view} state={state}>
        {mayChoose && (
          <button
            type="button"
            className="button hall-late"
            title={t('demonstrationHall:hls.hint')}
            onClick={() => choose(reason === null)}
          >
            {t(reason ? 'demonstrationHall:hls.toLive' : 'demonstrationHall:hls.toLate')}
          </button>
        )}
      </HallBar>
      <main className="hall-main">
        <section className="hall-center" aria-label={t('demonstrationHall:program.title')}>
          <BesideProgram showing={showing} actions={view.actions} isOpen={isOpen} onClose={() => setOpen(false)}>
            <FullScreenButton>
              {reason ? (
                <HlsProgram demonstrationId={view.demonstrationId} program={program} cut={cut} reason={reason} />
              ) : (
                <ProgramView
                  demonstrationId={view.demonstrationId}
                  client={client}
                  state={state}
                  program={program}
                  over={(ref) => <FieldLayer drawing={drawing} track={ref} />}
                />
              )}
            </FullScreenButton>
          </BesideProgram>
          <OwnVoiceBar
            voice={voice}
            mayPublish={state.mayPublish}
            {...(view.actions.includes('give-back-voice') && { onGiveBack: () => void act(giveBack) })}
          />
          {!reason && <FieldTools drawing={drawing} />}
          <OpenShowing showing={showing} isOpen={isOpen} onOpen={() => setOpen(true)} />
        </section>
        <aside className="hall-side" aria-label={t('demonstrationHall:side')}>
          <HallCut view={view} client={client} state={state} />
          {reason ? <Speakers state={state} /> : <Beside client={client} state={state} program={program} />}
          {view.actions.includes('read-asking') && <AskingPanel demonstrationId={view.demonstrationId} />}
        </aside>
      </main>
    </div>
  );
}
