import { type ReactNode, useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { AddInput } from './add-input.tsx';
import { InputPane } from './input-pane.tsx';
import { InputStrip } from './input-strip.tsx';
import { SoundPane } from './sound-pane.tsx';
import { Stage } from './stage.tsx';
import { useSoundChecked } from './use-sound-checked.ts';
import { type Theatre, useInputs, useSound } from './use-theatre.ts';
import { useVoiceKey } from './use-voice-key.ts';
import './theatre.css';

/** The theatre's computer: what its cameras give, masks burnt in, its sound, and beside them what is on air. */
export function TheatreDesk({
  demonstrationId,
  theatre,
  head,
}: {
  demonstrationId: string;
  theatre: Theatre;
  head: ReactNode;
}) {
  const t = useTexts();
  const { inputs, sound } = theatre;
  const state = useInputs(inputs);
  const soundState = useSound(sound);
  const [chosenId, setChosenId] = useState<string>();
  const [isChecked, setChecked] = useSoundChecked(demonstrationId);
  useVoiceKey(sound);
  const chosen = state.inputs.find(({ inputId }) => inputId === chosenId) ?? state.inputs[0];
  return (
    <main className="theatre" data-testid="theatre">
      {head}
      <div className="theatre-columns">
        <div className="theatre-pictures">
          <Stage input={chosen} inputs={inputs} />
          {state.inputs.length > 0 && (
            <InputStrip inputs={state.inputs} chosenId={chosen?.inputId} onChoose={setChosenId} />
          )}
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by keys. */}
        <section className="theatre-side" aria-label={t('theatre:settings')} tabIndex={0}>
          {chosen && <InputPane key={chosen.inputId} input={chosen} inputs={inputs} />}
          <SoundPane sound={sound} state={soundState} isChecked={isChecked} onChecked={setChecked} />
          <AddInput inputs={inputs} state={state} onAdded={setChosenId} />
        </section>
      </div>
    </main>
  );
}
