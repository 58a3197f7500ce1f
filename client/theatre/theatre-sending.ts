import type { CutInput } from '../../sfu/contract/token.ts';
import type { HardwareEncoder } from '../call/hardware-encoder.ts';
import type { OutgoingTrack, Sending } from '../call/sending.ts';
import { NOTHING_CUT } from '../cutting/cut-control.ts';
import { blackPicture } from '../masking/black-picture.ts';
import type { PictureSource } from './picture-request.ts';
import type { TheatreInputs } from './theatre-inputs.ts';
import { pictureEncoding, SOUND_ENCODING } from './theatre-ladder.ts';
import type { TheatreSound } from './theatre-sound.ts';

/** What a line that gets worse keeps longest: the sound, then the operation. */
export const IMPORTANCE: readonly PictureSource[] = ['field', 'device', 'screen', 'room'];

/** What the theatre sends, as its page has it: masked or black, and nothing of what is cut. */
export class TheatreSending implements Sending {
  readonly #inputs: TheatreInputs;
  readonly #sound: TheatreSound;
  readonly #encoding: ReturnType<typeof pictureEncoding>;
  readonly #listeners = new Set<() => void>();
  #cut: CutInput = NOTHING_CUT;

  constructor({
    inputs,
    sound,
    hardware,
  }: {
    inputs: TheatreInputs;
    sound: TheatreSound;
    hardware: HardwareEncoder;
  }) {
    this.#inputs = inputs;
    this.#sound = sound;
    this.#encoding = pictureEncoding(hardware);
  }

  get tracks(): OutgoingTrack[] {
    const { capture, kind } = this.#sound.state;
    const sound: OutgoingTrack = {
      key: `sound ${kind}`,
      source: 'audio',
      track: capture.track,
      paused: !capture.on || capture.held || this.#cut.sound,
      encode: SOUND_ENCODING[kind],
    };
    const pictures = this.#inputs.state.inputs
      .toSorted((one, other) => IMPORTANCE.indexOf(one.source) - IMPORTANCE.indexOf(other.source))
      .map(({ inputId, source, name, isOn, picture, track }): OutgoingTrack => {
        const isSeen = isOn && picture === 'masked' && !this.#cut.picture;
        return {
          key: inputId,
          inputId,
          source,
          ...(name.trim() === '' ? {} : { label: name.trim() }),
          track: isSeen ? track : blackPicture(),
          paused: !isSeen,
          ...(isOn && picture !== 'masked' && { pausedFor: 'no-picture' }),
          encode: this.#encoding[source],
        };
      });
    return [sound, ...pictures];
  }

  /** What is held back here, whoever cut it and whether anybody has heard of it yet. */
  get cut(): CutInput {
    return this.#cut;
  }

  /** What is cut goes out no more from this moment on. */
  readonly hold = (what: CutInput): void => {
    this.#cut = what;
    this.#inputs.setCut(what.picture);
    this.#sound.setCut(what.sound);
    for (const listener of this.#listeners) listener();
  };

  readonly onState = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    const stops = [this.#inputs.onState(listener), this.#sound.onState(listener)];
    return () => {
      this.#listeners.delete(listener);
      for (const stop of stops) stop();
    };
  };
}
