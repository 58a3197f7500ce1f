import { Segmented } from 'antd';
import { useState } from 'react';
import { ProgramLayout } from '../../server/contract/demonstration-live.ts';
import { AskingDeskPanel } from '../asking/asking-desk.tsx';
import { HallCut } from '../cutting/hall-cut.tsx';
import { RecordingSwitch } from '../demonstrations/recording-switch.tsx';
import { FieldLayer } from '../drawing/field-layer.tsx';
import { FieldTools } from '../drawing/field-tools.tsx';
import { useFieldDrawing } from '../drawing/use-field-drawing.ts';
import { Speakers } from '../hall/beside.tsx';
import { HallBar } from '../hall/hall-bar.tsx';
import { OwnVoiceBar } from '../hall/own-voice-bar.tsx';
import { NOTHING_ON_AIR } from '../hall/program-tracks.ts';
import { ProgramView } from '../hall/program-view.tsx';
import type { InHall } from '../hall/visit.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { BesideProgram } from '../showing/beside-program.tsx';
import { OpenShowing } from '../showing/open-showing.tsx';
import { useShowing } from '../showing/use-showing.ts';
import { BeginEnd } from './begin-end.tsx';
import { withLayout } from './program-choice.ts';
import { ShowersPane } from './showers-pane.tsx';
import { Sources } from './sources.tsx';
import { usePutOnAir } from './use-program.ts';
import { VoicesPane } from './voices-pane.tsx';
import './desk.css';

/** The moderator's desk: what is on air, what else there is, the cut switch, who has the word and who is there. */
export function Desk({ view, client, state, voice }: InHall) {
  const t = useTexts();
  const putOnAir = usePutOnAir(view.demonstrationId);
  const program = view.live?.program ?? NOTHING_ON_AIR;
  const showing = useShowing(view);
  const [isOpen, setOpen] = useState(false);
  const drawing = useFieldDrawing(showing, state.cut.picture);
  const mayChoose = view.actions.includes('choose-program');
  const choose = (next: typeof program) => void putOnAir(next);
  return (
    <div className="hall" data-testid="desk" data-phase={state.phase}>
      <HallBar view={view} state={state}>
        <BeginEnd view={view} state={state} />
      </HallBar>
      <main className="hall-main">
        <section className="desk-center" aria-label={t('demonstrationHall:program.title')}>
          <div className="desk-program">
            <BesideProgram showing={showing} actions={view.actions} isOpen={isOpen} onClose={() => setOpen(false)}>
              <ProgramView
                demonstrationId={view.demonstrationId}
                client={client}
                state={state}
                program={program}
                nothing={t('demonstrationHall:desk.nothing')}
                over={(ref) => <FieldLayer drawing={drawing} track={ref} />}
              />
            </BesideProgram>
          </div>
          <div className="desk-layout">
            <Segmented
              aria-label={t('demonstrationHall:desk.layout')}
              value={program.layout}
              disabled={!mayChoose}
              options={ProgramLayout.options.map((value) => ({
                value,
                label: t(`demonstrationHall:desk.layouts.${value}`),
              }))}
              onChange={(layout) => choose(withLayout(program, layout))}
            />
            <p>{t('demonstrationHall:desk.keys')}</p>
            <FieldTools drawing={drawing} />
            <OpenShowing showing={showing} isOpen={isOpen} onOpen={() => setOpen(true)} />
          </div>
          <Sources client={client} state={state} program={program} mayChoose={mayChoose} onChoose={choose} />
          <OwnVoiceBar voice={voice} mayPublish={state.mayPublish} />
        </section>
        <aside className="hall-side" aria-label={t('demonstrationHall:desk.side')}>
          <HallCut view={view} client={client} state={state} />
          <RecordingSwitch view={view} />
          <Speakers state={state} />
          {view.actions.includes('read-asking') && <AskingDeskPanel demonstrationId={view.demonstrationId} />}
          <ShowersPane view={view} showing={showing} />
          <VoicesPane view={view} state={state} />
        </aside>
      </main>
    </div>
  );
}
