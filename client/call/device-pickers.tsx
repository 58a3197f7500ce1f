import { useId } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import type { CaptureState } from './capture-slot.ts';
import type { DeviceKind } from './device-choice.ts';
import { FaultNote } from './fault-note.tsx';
import { LevelBar } from './level-bar.tsx';
import type { LocalMedia, LocalMediaState } from './local-media.ts';
import { canChooseSpeaker } from './speaker.ts';
import { TestTone } from './test-tone.tsx';
import './device-pickers.css';

const NAMES = { audioinput: 'microphone', videoinput: 'camera', audiooutput: 'speaker' } as const;

/** Microphone with its level, camera, loudspeaker with its test tone: on the preview page and during the call. */
export function DevicePickers({ media, state }: { media: LocalMedia; state: LocalMediaState }) {
  const { microphone, camera } = state;
  const retry = () => media.retry();
  return (
    <div className="call-devices">
      <Picker kind="audioinput" media={media} state={state} current={microphone.deviceId} none={isNone(microphone)} />
      {microphone.on && microphone.track && <LevelBar track={microphone.track} />}
      {microphone.fault && <FaultNote device="microphone" fault={microphone.fault} onRetry={retry} />}
      <Picker kind="videoinput" media={media} state={state} current={camera.deviceId} none={isNone(camera)} />
      {camera.fault && <FaultNote device="camera" fault={camera.fault} onRetry={retry} />}
      {canChooseSpeaker() && <Picker kind="audiooutput" media={media} state={state} current={state.speakerId} />}
      <TestTone speakerId={state.speakerId} />
    </div>
  );
}

const isNone = ({ fault }: CaptureState) => fault === 'not-found';

function Picker({
  kind,
  media,
  state,
  current,
  none = false,
}: {
  kind: DeviceKind;
  media: LocalMedia;
  state: LocalMediaState;
  current: string | null;
  /** There is no such device; an empty list alone may only mean that the browser does not tell yet. */
  none?: boolean;
}) {
  const t = useTexts();
  const id = useId();
  const listed = state.listed[kind];
  const missing = state.missing[kind];
  const hasOwnDefault = listed.some(({ deviceId }) => deviceId === 'default');
  const value = listed.some(({ deviceId }) => deviceId === current) ? (current ?? '') : '';
  return (
    <div className="call-picker">
      <label htmlFor={id}>{t(`call:${NAMES[kind]}`)}</label>
      <select
        id={id}
        className="call-select"
        data-testid={`picker-${NAMES[kind]}`}
        value={value}
        disabled={listed.length === 0}
        onChange={(event) => media.choose(kind, event.target.value)}
      >
        {(!hasOwnDefault || value === '') && (
          <option value="">{t(none ? 'call:noDevice' : 'call:systemDefault')}</option>
        )}
        {listed.map(({ deviceId, label }, index) => (
          <option key={deviceId} value={deviceId}>
            {label || t('call:unnamedDevice', { number: index + 1 })}
          </option>
        ))}
      </select>
      {missing !== undefined && (
        <p className="call-hint" role="status">
          {t('call:missing', { label: missing })}
        </p>
      )}
    </div>
  );
}
