import { call } from '../api/http.ts';
import { connectSignalling } from '../call/signalling.ts';
import { windowSession } from '../call/window-session.ts';
import { SILENT } from '../hall/silent.ts';
import { systemClock } from '../review/clock.ts';
import { followPhone, type PhoneFollowing } from './phone-following.ts';
import { PictureRoom } from './picture-room.ts';

/** The theatre's page in the room of one telephone: receives its picture, for the masks and for nothing else. */
export interface PhoneLink {
  readonly track: MediaStreamTrack | null;
  /** The telephone is let go for good. */
  end(): void;
  /** This window receives it no more; another one may. */
  close(): void;
}

export type OpenPhoneLink = (cameraId: string, parts: PhoneFollowing) => PhoneLink;

/** @param onFailure hears of what trying again does not cure */
export function createPhoneLinks(demonstrationId: string, onFailure: (thrown: unknown) => void): OpenPhoneLink {
  return (cameraId, parts) => {
    const room = new PictureRoom({
      fetchTicket: () => call('phone-camera:watch', { params: { demonstrationId, cameraId } }),
      sending: SILENT,
      sessionId: windowSession(cameraId),
      connect: connectSignalling,
      clock: systemClock,
      onFailure,
    });
    let track: MediaStreamTrack | null = null;
    const follow = followPhone({
      ...parts,
      onTrack(next) {
        track = next;
        parts.onTrack(next);
      },
    });
    const stop = room.onState(() => follow(room.state));
    // The page of the theatre may be opened anew: the other window gives way.
    room.enter({ takeOver: true });
    return {
      get track() {
        return track;
      },
      end() {
        this.close();
        call('phone-camera:end', { params: { demonstrationId, cameraId } }).catch(onFailure);
      },
      close() {
        stop();
        room.close();
      },
    };
  };
}
