import { useMemo, useState, useSyncExternalStore } from 'react';
import type { DemonstrationView } from '../../server/contract/demonstration.ts';
import { TheatreQuestion } from '../asking/theatre-question.tsx';
import { FieldLayer } from '../drawing/field-layer.tsx';
import { FieldTools } from '../drawing/field-tools.tsx';
import { useFieldDrawing } from '../drawing/use-field-drawing.ts';
import { OUTSIDE_HALL } from '../hall/hall-state.ts';
import { isOnAir, NOTHING_ON_AIR } from '../hall/program-tracks.ts';
import { useHall } from '../hall/use-hall.ts';
import { useLiveProgram, usePresence } from '../hall/use-presence.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { BesideProgram } from '../showing/beside-program.tsx';
import { OpenShowing } from '../showing/open-showing.tsx';
import { useShowing } from '../showing/use-showing.ts';
import { AddInput } from './add-input.tsx';
import { InputPane } from './input-pane.tsx';
import { InputStrip } from './input-strip.tsx';
import { OnAirPane } from './on-air-pane.tsx';
import { SoundPane } from './sound-pane.tsx';
import { Stage } from './stage.tsx';
import { StillButton } from './still-button.tsx';
import { TheatreHead } from './theatre-head.tsx';
import { type InputState, refOfInput } from './theatre-input.ts';
import { TheatreSending } from './theatre-sending.ts';
import { useSoundChecked } from './use-sound-checked.ts';
import { type Theatre, useArrangementNotes, useInputs, usePosters, useSound } from './use-theatre.ts';
import { useVoiceKey } from './use-voice-key.ts';
import './theatre.css';

const NEVER = () => () => {};

/** The theatre's computer: what its cameras give, masks burnt in, its sound, and beside them what is on air. */
export function TheatreDesk({ view, theatre }: { view: DemonstrationView; theatre: Theatre }) {
  const t = useTexts();
  const { demonstrationId, live, actions } = view;
  const { inputs, sound } = theatre;
  const state = useInputs(inputs);
  const soundState = useSound(sound);
  const [chosenId, setChosenId] = useState<string>();
  const [isChecked, setChecked] = useSoundChecked(demonstrationId);
  const [visit, setVisit] = useState(1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another visit is sent to anew.
  const sending = useMemo(() => new TheatreSending(theatre), [theatre, visit]);
  const client = useHall(demonstrationId, sending);
  const hall = useSyncExternalStore(client?.onState ?? NEVER, () => client?.state ?? OUTSIDE_HALL);
  const cut = useSyncExternalStore(sending.onState, () => sending.cut);
  const isIn = hall.phase === 'inside' || hall.phase === 'returning';
  usePosters(view, inputs, client);
  useArrangementNotes(view, inputs, client);
  const showing = useShowing(view);
  const [isOpen, setOpen] = useState(false);
  const drawing = useFieldDrawing(showing, hall.cut.picture);
  useVoiceKey(sound);
  useLiveProgram(demonstrationId);
  usePresence(demonstrationId, actions.includes('enter'));
  const chosen = state.inputs.find(({ inputId }) => inputId === chosenId) ?? state.inputs[0];
  const isSeen = state.inputs.some(({ isOn, picture }) => isOn && picture === 'masked');
  const refOf = (input: InputState) => refOfInput(showing.me.accountId, input);
  const program = live?.beganAt ? live.program : NOTHING_ON_AIR;
  const isSent = (input: InputState) => input.isOn && hall.phase === 'inside' && isOnAir(program, refOf(input));
  // Without a microphone there is nothing to check, and pictures alone are still worth seeing.
  const isHeard = isChecked || soundState.capture.track === null;
  return (
    <main className="theatre" data-testid="theatre">
      <TheatreHead view={view} hall={hall} cut={cut} />
      {actions.includes('enter') && actions.includes('read-asking') && (
        <TheatreQuestion demonstrationId={demonstrationId} />
      )}
      <div className="theatre-columns">
        <div className="theatre-pictures">
          <BesideProgram showing={showing} actions={actions} isOpen={isOpen} onClose={() => setOpen(false)}>
            <Stage input={chosen} inputs={inputs}>
              {chosen && <FieldLayer drawing={drawing} track={refOf(chosen)} />}
            </Stage>
          </BesideProgram>
          <div className="theatre-row">
            <FieldTools drawing={drawing} />
            <OpenShowing showing={showing} isOpen={isOpen} onOpen={() => setOpen(true)} />
          </div>
          {state.inputs.length > 0 && (
            <InputStrip
              inputs={state.inputs}
              isIn={isIn}
              isCut={cut.picture}
              chosenId={chosen?.inputId}
              onChoose={setChosenId}
            />
          )}
        </div>
        <div className="theatre-side">
          {client && (
            <OnAirPane
              key={visit}
              demonstrationId={demonstrationId}
              live={live}
              client={client}
              sending={sending}
              notReady={isHeard ? (isSeen ? null : 'picture') : 'sound'}
              onAgain={() => setVisit(visit + 1)}
            />
          )}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by keys. */}
          <section className="theatre-settings" aria-label={t('theatre:settings')} tabIndex={0}>
            {chosen && (
              <InputPane key={chosen.inputId} input={chosen} inputs={inputs} phone={state.phones.get(chosen.inputId)}>
                {actions.includes('take-still') && (
                  <StillButton
                    demonstrationId={demonstrationId}
                    inputId={chosen.inputId}
                    inputs={inputs}
                    isSeen={chosen.picture === 'masked' && !cut.picture}
                    origin={isSent(chosen) ? { ...refOf(chosen), cutNumber: hall.cut.number } : null}
                  />
                )}
              </InputPane>
            )}
            <SoundPane sound={sound} state={soundState} isChecked={isChecked} onChecked={setChecked} />
            <AddInput
              inputs={inputs}
              state={state}
              phonesOf={actions.includes('arrange-inputs') ? demonstrationId : undefined}
              onAdded={setChosenId}
            />
          </section>
        </div>
      </div>
    </main>
  );
}
