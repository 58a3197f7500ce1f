import { CAMERA_KEY, MICROPHONE_KEY } from '../../call/call-keys.ts';
import { CameraIcon, MicrophoneIcon } from '../../call/icons.tsx';
import type { LocalMedia, LocalMediaState } from '../../call/local-media.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import './controls.css';

/** Microphone and camera on and off, alike on the preview page and in the room. */
export function CaptureSwitches({ media, state }: { media: LocalMedia; state: LocalMediaState }) {
  const t = useTexts();
  const { microphone, camera } = state;
  const microphoneLabel = t(microphone.on ? 'call:mute' : 'call:unmute');
  const cameraLabel = t(camera.on ? 'call:cameraOff' : 'call:cameraOn');
  return (
    <div className="capture-switches">
      <button
        type="button"
        className="room-control"
        data-testid="toggle-microphone"
        data-on={microphone.on && microphone.phase !== 'failed'}
        aria-pressed={microphone.on}
        title={t('call:key', { label: microphoneLabel, key: MICROPHONE_KEY.toUpperCase() })}
        onClick={() => media.setMicrophoneOn(!microphone.on)}
      >
        <MicrophoneIcon off={!microphone.on || microphone.phase === 'failed'} />
        {microphoneLabel}
      </button>
      <button
        type="button"
        className="room-control"
        data-testid="toggle-camera"
        data-on={camera.on && camera.phase !== 'failed'}
        aria-pressed={camera.on}
        title={t('call:key', { label: cameraLabel, key: CAMERA_KEY.toUpperCase() })}
        onClick={() => media.setCameraOn(!camera.on)}
      >
        <CameraIcon off={!camera.on || camera.phase === 'failed'} />
        {cameraLabel}
      </button>
    </div>
  );
}
