import { useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { VoiceMode } from './theatre-memory.ts';
import type { TheatreSound, TheatreSoundState } from './theatre-sound.ts';

/** Open all the time, or while a key is held: a foot-switch is a keyboard of one key, learnt by pressing it. */
export function VoiceModeChoice({ sound, state }: { sound: TheatreSound; state: TheatreSoundState }) {
  const t = useTexts();
  const [isLearning, setLearning] = useState(false);
  const { mode, key } = state;
  return (
    <fieldset className="theatre-fieldset">
      <legend>{t('theatre:voice.title')}</legend>
      {VoiceMode.options.map((one) => (
        <label key={one} className="theatre-check">
          <input type="radio" name="voice-mode" checked={mode === one} onChange={() => sound.setMode(one)} />
          {t(`theatre:voice.${one}`)}
        </label>
      ))}
      {mode === 'pushed' && (
        <button
          type="button"
          className="button"
          aria-live="polite"
          onClick={() => setLearning(!isLearning)}
          onBlur={() => setLearning(false)}
          onKeyDown={(event) => {
            // Tab and Escape stay the way out, Space is the cut.
            if (!isLearning || ['Tab', 'Escape', 'Space'].includes(event.code)) return;
            event.preventDefault();
            event.stopPropagation();
            sound.setKey(event.code || event.key);
            setLearning(false);
          }}
        >
          {isLearning ? t('theatre:voice.learning') : t('theatre:voice.key', { key })}
        </button>
      )}
    </fieldset>
  );
}
