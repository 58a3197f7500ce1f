import { call } from '../api/http.ts';
import { connectSignalling } from '../call/signalling.ts';
import { windowSession } from '../call/window-session.ts';
import { SILENT } from '../hall/silent.ts';
import { systemClock } from '../review/clock.ts';
import { PictureRoom } from './picture-room.ts';

/** How a telephone stands to the theatre's page: `awaited`: its code was not read yet, or its line is lost. */
export type PhoneState = 'awaited' | 'there' | 'gone';

export interface PhoneLinkParts {
  /** Its picture has come, is another one, or has gone (null). `isOther`: it comes from another of its cameras than before. */
  onTrack(track: MediaStreamTrack | null, isOther: boolean): void;
  onState(state: PhoneState): void;
}

/** The theatre's page in the room of one telephone: receives its picture, for the masks and for nothing else. */
export interface PhoneLink {
  readonly track: MediaStreamTrack | null;
  /** The telephone is let go for good. */
  end(): void;
  /** This window receives it no more; another one may. */
  close(): void;
}

export type OpenPhoneLink = (cameraId: string, parts: PhoneLinkParts) => PhoneLink;

/** @param onFailure hears of what trying again does not cure */
export function createPhoneLinks(demonstrationId: string, onFailure: (thrown: unknown) => void): OpenPhoneLink {
  return (cameraId, { onTrack, onState }) => {
    const room = new PictureRoom({
      fetchTicket: () => call('phone-camera:watch', { params: { demonstrationId, cameraId } }),
      sending: SILENT,
      sessionId: windowSession(cameraId),
      connect: connectSignalling,
      clock: systemClock,
      onFailure,
    });
    let track: MediaStreamTrack | null = null;
    let label: string | null = null;
    const follow = () => {
      const { phase, picture, isMet } = room.state;
      const isOver = ['ended', 'removed', 'refused', 'replaced', 'unsupported'].includes(phase);
      const next = isOver || !picture || picture.paused ? null : picture.track;
      if (next !== track) {
        track = next;
        const isOther = next !== null && label !== null && picture?.label !== label;
        if (next) label = picture?.label ?? label;
        onTrack(next, isOther);
      }
      onState(isOver ? 'gone' : isMet ? 'there' : 'awaited');
    };
    const stop = room.onState(follow);
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
