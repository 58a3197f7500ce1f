import { Link } from 'react-router';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import type { Failure } from '../../../server/contract/failure.ts';
import { useCallKeys } from '../../call/call-keys.ts';
import { DevicePickers } from '../../call/device-pickers.tsx';
import type { LocalMedia, LocalMediaState } from '../../call/local-media.ts';
import type { RoomState } from '../../call/room-state.ts';
import { useMediaState } from '../../call/use-call.ts';
import { VideoPicture } from '../../call/video-picture.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import { CaptureSwitches } from './capture-switches.tsx';
import { EnterButton } from './enter-button.tsx';
import { NetworkHint } from './network-hint.tsx';
import { OtherWindow } from './other-window.tsx';
import { Present } from './present.tsx';
import './preview.css';

/** Before entering: nobody sees or hears anything yet. Usable without any camera or microphone. */
export function Preview({
  view,
  media,
  state,
  callActive,
  busy,
  failure,
  onEnter,
  onTakeOver,
}: {
  view: ConsultationView;
  media: LocalMedia;
  state: RoomState;
  callActive: boolean;
  busy: boolean;
  failure: Failure | undefined;
  onEnter: () => void;
  onTakeOver: () => void;
}) {
  const t = useTexts();
  const devices = useMediaState(media);
  const { camera, microphone } = devices;
  useCallKeys({
    onMicrophone: () => media.setMicrophoneOn(!microphone.on),
    onCamera: () => media.setCameraOn(!camera.on),
  });

  return (
    <main className="preview" data-testid="preview" data-call={callActive ? 'active' : 'none'}>
      <header className="preview-head">
        <Link to={`/consultations/${view.consultationId}`}>← {t('room:toCase')}</Link>
        <LanguageSwitch />
      </header>
      <div className="preview-columns">
        <OwnPicture media={media} devices={devices} />
        <section className="preview-side" aria-labelledby="preview-heading">
          <div>
            <h1 id="preview-heading">{t('room:preview.heading')}</h1>
            <p className="preview-case numbers">
              {t('room:heading', { caseNumber: view.caseNumber })} · {view.patient.name}
            </p>
          </div>
          {callActive && <Present present={state.present} reachable={state.reachable} />}
          {failure && <FailureNotice failure={failure} />}
          {state.phase === 'elsewhere' ? (
            <OtherWindow consultationId={view.consultationId} onTakeOver={onTakeOver} />
          ) : (
            <Entrance view={view} callActive={callActive} busy={busy} devices={devices} onEnter={onEnter} />
          )}
          {callActive && <NetworkHint reachable={state.reachable} rttMs={state.rttMs} />}
          <DevicePickers media={media} state={devices} />
        </section>
      </div>
    </main>
  );
}

function OwnPicture({ media, devices }: { media: LocalMedia; devices: LocalMediaState }) {
  const t = useTexts();
  const { camera } = devices;
  return (
    <section className="preview-picture" aria-label={t('call:camera')}>
      <VideoPicture track={camera.on ? camera.track : null} mirrored />
      {!(camera.on && camera.track) && (
        <p className="preview-no-picture">
          {t(
            camera.phase === 'starting'
              ? 'call:opening'
              : camera.fault
                ? `call:fault.camera.${camera.fault}.title`
                : 'call:cameraIsOff',
          )}
        </p>
      )}
      <CaptureSwitches media={media} state={devices} />
    </section>
  );
}

/** The way in, or why there is none yet. */
function Entrance({
  view,
  callActive,
  busy,
  devices: { camera, microphone },
  onEnter,
}: {
  view: ConsultationView;
  callActive: boolean;
  busy: boolean;
  devices: LocalMediaState;
  onEnter: () => void;
}) {
  const t = useTexts();
  const mayStart = !callActive && view.actions.includes('start-call');
  const mayEnter = callActive && view.actions.includes('join-call');
  const speaks = microphone.track !== null || microphone.phase === 'starting';
  const hint = mayStart
    ? 'room:preview.calling'
    : speaks || camera.track
      ? 'room:preview.enterHint'
      : 'room:preview.listenHint';
  const label = busy
    ? 'room:preview.entering'
    : mayStart
      ? 'room:preview.start'
      : speaks
        ? 'room:preview.enter'
        : 'room:preview.enterListening';
  if (mayEnter || mayStart) return <EnterButton label={t(label)} hint={t(hint)} busy={busy} onEnter={onEnter} />;
  const awaits = !callActive && view.callAhead;
  return (
    <div className="preview-wait" role="status" data-testid="room-wait">
      <b>{t(awaits ? 'room:preview.waiting' : 'room:preview.notAllowed')}</b>
      <p>{t(awaits ? 'room:preview.waitingText' : 'room:preview.notAllowedText')}</p>
    </div>
  );
}
