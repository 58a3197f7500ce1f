import { useEffect, useState, useSyncExternalStore } from 'react';
import type { OpenedPhoneCamera } from '../../server/contract/phone-camera.ts';
import { reportFault } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { FaultNote } from '../call/fault-note.tsx';
import { askForHardware } from '../call/hardware-encoder.ts';
import { connectSignalling } from '../call/signalling.ts';
import { VideoPicture } from '../call/video-picture.tsx';
import { keepAwake } from '../call/wake-lock.ts';
import { windowSession } from '../call/window-session.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { systemClock } from '../review/clock.ts';
import { useDocumentTitle } from '../ui/page.tsx';
import { forgetOpenedPhone } from './opened-phone.ts';
import { PhoneSending, stopWhenHidden } from './phone-sending.ts';
import { PictureRoom, type PictureRoomState } from './picture-room.ts';
import './phone-camera.css';

interface Phone {
  sending: PhoneSending;
  room: PictureRoom;
}

/** One visit: the camera is open from its first moment, and is sent once the person says so. */
function usePhone({ cameraId, key }: OpenedPhoneCamera): Phone | undefined {
  const [made, setMade] = useState<Phone>();
  useEffect(() => {
    const sending = new PhoneSending(navigator.mediaDevices, askForHardware());
    const room = new PictureRoom({
      fetchTicket: () => call('phone-camera:ticket', { body: { cameraId, key } }),
      sending,
      sessionId: windowSession(cameraId),
      connect: connectSignalling,
      clock: systemClock,
      onFailure: reportFault,
    });
    const awake = keepAwake();
    const unwatch = stopWhenHidden(sending, document);
    setMade({ sending, room });
    sending.start();
    room.look();
    return () => {
      awake.close();
      unwatch();
      room.close();
      sending.close();
    };
  }, [cameraId, key]);
  return made;
}

/** The telephone as a camera: what it sees, which of its cameras it is, and whether that reaches the theatre. */
export function PhoneCamera({ opened }: { opened: OpenedPhoneCamera }) {
  const t = useTexts();
  useDocumentTitle(t('theatre:phone.title'));
  const phone = usePhone(opened);
  return (
    <main className="phone-camera" data-testid="phone-camera">
      <header>
        <h1>{t('theatre:phone.title')}</h1>
        <p>{[opened.title, opened.surgeonName, opened.facilityName].filter(Boolean).join(' · ')}</p>
      </header>
      {phone && <Camera {...phone} />}
    </main>
  );
}

type Standing = 'ready' | 'connecting' | 'on' | 'alone' | 'heldBack' | 'over';
const OVER: readonly PictureRoomState['phase'][] = ['ended', 'removed', 'refused', 'replaced', 'left', 'unsupported'];

const isOutside = (phase: PictureRoomState['phase']) => phase === 'outside' || phase === 'elsewhere';

function standingOf({ phase, media, isMet, isHeldBack }: PictureRoomState, isStopped: boolean): Standing {
  if (OVER.includes(phase)) return 'over';
  if (isStopped || isOutside(phase)) return 'ready';
  if (phase !== 'inside' || media !== 'flowing') return 'connecting';
  if (!isMet) return 'alone';
  return isHeldBack ? 'heldBack' : 'on';
}

function Camera({ sending, room }: Phone) {
  const t = useTexts();
  const { camera, facing, isStopped } = useSyncExternalStore(sending.onState, () => sending.state);
  const state = useSyncExternalStore(room.onState, () => room.state);
  const standing = standingOf(state, isStopped);
  const isOver = standing === 'over';
  useEffect(() => {
    if (!isOver) return;
    sending.close();
    forgetOpenedPhone(sessionStorage);
  }, [isOver, sending]);
  const send = () => {
    sending.setStopped(false);
    if (isOutside(state.phase)) room.enter({ takeOver: true });
  };
  return (
    <>
      <div className="phone-camera-picture">
        {!isOver && camera.track && <VideoPicture key={facing} track={camera.track} mirrored={facing === 'user'} />}
        <p className="phone-camera-sign" data-testid="phone-standing" data-standing={standing} role="status">
          {t(`theatre:phone.standing.${standing}`)}
        </p>
      </div>
      {camera.fault && !isOver && <FaultNote device="camera" fault={camera.fault} onRetry={() => sending.retry()} />}
      {!isOver && (
        <div className="phone-camera-acts">
          <button type="button" className="button" onClick={() => sending.turn()}>
            {t(`theatre:phone.turn.${facing}`)}
          </button>
          {standing === 'ready' ? (
            <button type="button" className="button button-primary" disabled={camera.track === null} onClick={send}>
              {t('theatre:phone.send')}
            </button>
          ) : (
            <button type="button" className="button" onClick={() => sending.setStopped(true)}>
              {t('theatre:phone.stop')}
            </button>
          )}
        </div>
      )}
      <p className="phone-camera-hint">{t(isOver ? 'theatre:phone.afterwards' : 'theatre:phone.hint')}</p>
    </>
  );
}
