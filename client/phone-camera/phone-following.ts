import type { PictureRoomState } from './picture-room.ts';

/**
 * How a telephone stands to the theatre's page. `awaited`: it was not there yet. `lost`: its line is, or its page was closed. `stopped`: it is
 * there and sends nothing. `gone`: for good.
 */
export type PhoneState = 'awaited' | 'lost' | 'stopped' | 'there' | 'gone';

export interface PhoneFollowing {
  /** Its picture has come, is another one, or has gone (null). */
  onTrack(track: MediaStreamTrack | null): void;
  /** It was stopped, left or turned to its other camera: what it shows from now on may be something else. A poor line is no such thing. */
  onMoved(): void;
  onState(state: PhoneState): void;
}

const OVER: readonly PictureRoomState['phase'][] = ['ended', 'removed', 'refused', 'replaced', 'unsupported'];

/** Tells from how its room stands what has become of a telephone and its picture. @returns what hears of the room */
export function followPhone({ onTrack, onMoved, onState }: PhoneFollowing): (state: PictureRoomState) => void {
  let track: MediaStreamTrack | null = null;
  let producerId: string | null = null;
  let wasHeld = false;
  let wasMet = false;
  return ({ phase, picture, isMet }) => {
    const isOver = OVER.includes(phase);
    if (picture) {
      const isOther = producerId !== null && picture.producerId !== producerId;
      // Told before its first picture can come: nothing of it is sent under the masks of before.
      if (isOther || (picture.isHeld && !wasHeld && producerId !== null)) onMoved();
      producerId = picture.producerId;
      wasHeld = picture.isHeld;
    }
    const next = isOver || !picture || picture.paused ? null : picture.track;
    if (next !== track) {
      track = next;
      onTrack(next);
    }
    wasMet ||= isMet;
    if (isOver) onState('gone');
    else if (isMet) onState(picture && !picture.isHeld ? 'there' : 'stopped');
    else onState(wasMet ? 'lost' : 'awaited');
  };
}
