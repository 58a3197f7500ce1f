import { useId } from 'react';
import { FaultNote } from '../call/fault-note.tsx';
import { LevelBar } from '../call/level-bar.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { SoundCheck } from './sound-check-pane.tsx';
import { SoundKind } from './theatre-memory.ts';
import type { TheatreSound, TheatreSoundState } from './theatre-sound.ts';
import { VoiceModeChoice } from './voice-mode.tsx';
import '../call/device-pickers.css';

/** The theatre's sound: which one, how it is treated, its level and its check. */
export function SoundPane({
  sound,
  state,
  isChecked,
  onChecked,
}: {
  sound: TheatreSound;
  state: TheatreSoundState;
  isChecked: boolean;
  onChecked: () => void;
}) {
  const t = useTexts();
  const id = useId();
  const { capture, listed, kind, missing } = state;
  return (
    <section className="theatre-section" aria-labelledby={id}>
      <h2 id={id}>{t('theatre:sound.title')}</h2>
      <label className="theatre-label">
        {t('theatre:sound.device')}
        <select
          className="call-select"
          value={listed.some(({ deviceId }) => deviceId === capture.deviceId) ? (capture.deviceId ?? '') : ''}
          onChange={(event) => sound.choose(event.target.value)}
        >
          <option value="">{t('call:systemDefault')}</option>
          {listed.map(({ deviceId, label }, index) => (
            <option key={deviceId} value={deviceId}>
              {label || t('call:unnamedDevice', { number: index + 1 })}
            </option>
          ))}
        </select>
      </label>
      {missing !== undefined && <p className="theatre-warning">{t('call:missing', { label: missing })}</p>}
      <label className="theatre-label">
        {t('theatre:sound.kindLabel')}
        <select
          className="call-select"
          value={kind}
          onChange={(event) => sound.setKind(SoundKind.parse(event.target.value))}
        >
          {SoundKind.options.map((one) => (
            <option key={one} value={one}>
              {t(`theatre:sound.kind.${one}`)}
            </option>
          ))}
        </select>
      </label>
      {capture.fault && <FaultNote device="microphone" fault={capture.fault} onRetry={() => sound.retry()} />}
      {capture.on && capture.track && <LevelBar track={capture.track} />}
      <SoundCheck key={capture.track?.id} track={capture.track} isChecked={isChecked} onChecked={onChecked} />
      <VoiceModeChoice sound={sound} state={state} />
    </section>
  );
}
