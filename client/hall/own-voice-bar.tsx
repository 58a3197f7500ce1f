import { useEffect } from 'react';
import type { MediaSource } from '../../sfu/contract/token.ts';
import { FaultNote } from '../call/fault-note.tsx';
import { CameraIcon, MicrophoneIcon } from '../call/icons.tsx';
import { LevelBar } from '../call/level-bar.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { type OwnVoice, useOwnVoiceState } from './own-voice.ts';
import '../call/device-pickers.css';

/**
 * For whoever may speak now: opens the microphone on a press, never by itself; once the word is taken or given back everything is closed.
 */
export function OwnVoiceBar({
  voice,
  mayPublish,
  onGiveBack,
}: {
  voice: OwnVoice;
  mayPublish: readonly MediaSource[];
  /** For whoever was given the word: theatre and stage have it by their seat. */
  onGiveBack?: () => void;
}) {
  const t = useTexts();
  const state = useOwnVoiceState(voice);
  const maySpeak = mayPublish.includes('audio');
  useEffect(() => {
    if (!maySpeak) voice.close();
  }, [voice, maySpeak]);
  if (!maySpeak) return null;
  const microphone = state?.microphone;
  const camera = state?.camera;
  const isOn = microphone?.on === true && microphone.track !== null;
  const press = () => (voice.media ? voice.media.setMicrophoneOn(!microphone?.on) : voice.open());
  return (
    <section
      className="hall-voice"
      aria-label={t('demonstrationHall:voice.title')}
      data-testid="own-voice"
      data-on={isOn}
    >
      <p role="status">{t(isOn ? 'demonstrationHall:voice.on' : 'demonstrationHall:voice.given')}</p>
      {isOn && microphone.track && <LevelBar track={microphone.track} />}
      {microphone?.fault && (
        <FaultNote device="microphone" fault={microphone.fault} onRetry={() => voice.media?.retry()} />
      )}
      <div className="hall-voice-acts">
        <button type="button" className={isOn ? 'button' : 'button button-primary'} aria-pressed={isOn} onClick={press}>
          <MicrophoneIcon off={!isOn} />
          {t(isOn ? 'call:mute' : 'demonstrationHall:voice.open')}
        </button>
        {voice.media && mayPublish.includes('video') && (
          <button
            type="button"
            className="button"
            aria-pressed={camera?.on === true}
            onClick={() => voice.media?.setCameraOn(!camera?.on)}
          >
            <CameraIcon off={!camera?.on} />
            {t(camera?.on ? 'call:cameraOff' : 'call:cameraOn')}
          </button>
        )}
        {onGiveBack && (
          <button
            type="button"
            className="button"
            onClick={() => {
              // Nothing is heard from this moment on, whenever the server answers.
              voice.close();
              onGiveBack();
            }}
          >
            {t('demonstrationHall:voice.giveBack')}
          </button>
        )}
      </div>
    </section>
  );
}
