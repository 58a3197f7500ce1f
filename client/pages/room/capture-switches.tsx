import type { ReactNode } from 'react';
import { CAMERA_KEY, MICROPHONE_KEY } from '../../call/call-keys.ts';
import type { CaptureState } from '../../call/capture-slot.ts';
import { CameraIcon, MicrophoneIcon } from '../../call/icons.tsx';
import type { LocalMedia, LocalMediaState } from '../../call/local-media.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import './controls.css';

/** Microphone and camera on and off, alike on the preview page and in the room. */
export function CaptureSwitches({ media, state }: { media: LocalMedia; state: LocalMediaState }) {
  const t = useTexts();
  const { microphone, camera } = state;
  return (
    <div className="capture-switches">
      <Switch
        testId="toggle-microphone"
        capture={microphone}
        shortcut={MICROPHONE_KEY}
        label={t(failed(microphone) ? 'call:microphoneFailed' : microphone.on ? 'call:mute' : 'call:unmute')}
        onClick={() => (failed(microphone) ? media.retry() : media.setMicrophoneOn(!microphone.on))}
      >
        <MicrophoneIcon off={!microphone.on || failed(microphone)} />
      </Switch>
      <Switch
        testId="toggle-camera"
        capture={camera}
        shortcut={CAMERA_KEY}
        label={t(failed(camera) ? 'call:cameraFailed' : camera.on ? 'call:cameraOff' : 'call:cameraOn')}
        onClick={() => (failed(camera) ? media.retry() : media.setCameraOn(!camera.on))}
      >
        <CameraIcon off={!camera.on || failed(camera)} />
      </Switch>
    </div>
  );
}

const failed = ({ phase }: CaptureState) => phase === 'failed';

function Switch({
  testId,
  capture,
  shortcut,
  label,
  onClick,
  children,
}: {
  testId: string;
  capture: CaptureState;
  shortcut: string;
  label: string;
  onClick: () => void;
  children: ReactNode;
}) {
  const t = useTexts();
  const on = capture.on && !failed(capture);
  return (
    <button
      type="button"
      className="room-control"
      data-testid={testId}
      data-on={on}
      aria-pressed={on}
      title={t('call:key', { label, key: shortcut.toUpperCase() })}
      onClick={onClick}
    >
      {children}
      {label}
    </button>
  );
}
