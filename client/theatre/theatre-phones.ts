import type { PhoneState } from '../phone-camera/phone-following.ts';
import type { OpenPhoneLink, PhoneLink } from '../phone-camera/phone-links.ts';
import type { TheatreInput } from './theatre-input.ts';

/** `moved`: it is there, and not sent until somebody has looked at its masks, since it may show something else. */
export type PhoneStanding = PhoneState | 'moved';

interface Phone {
  link: PhoneLink;
  state: PhoneState;
  hasMoved: boolean;
}

/** The telephones among the inputs of a theatre, by the ids of both. */
export class TheatrePhones {
  readonly #openLink: OpenPhoneLink;
  readonly #onChange: () => void;
  readonly #phones = new Map<string, Phone>();
  /** Inputs that open once a picture comes. */
  readonly #waiting = new Map<string, ((track: MediaStreamTrack) => void)[]>();

  constructor(openLink: OpenPhoneLink, onChange: () => void) {
    this.#openLink = openLink;
    this.#onChange = onChange;
  }

  get ids(): string[] {
    return [...this.#phones.keys()];
  }

  get standings(): Map<string, PhoneStanding> {
    return new Map(
      [...this.#phones].map(([id, { state, hasMoved }]) => [id, state === 'there' && hasMoved ? 'moved' : state]),
    );
  }

  /** Its picture as it comes, or once it comes: a copy, since an input stops what it was given. */
  open(cameraId: string): Promise<MediaStreamTrack> {
    const track = this.#phones.get(cameraId)?.link.track;
    if (track) return Promise.resolve(track.clone());
    return new Promise((come) => this.#waiting.set(cameraId, [...(this.#waiting.get(cameraId) ?? []), come]));
  }

  add(cameraId: string, input: TheatreInput): void {
    const link = this.#openLink(cameraId, {
      onTrack: (track) => {
        if (!track) return;
        const opening = this.#waiting.get(cameraId) ?? [];
        this.#waiting.delete(cameraId);
        for (const come of opening) come(track.clone());
        if (opening.length === 0) input.renew();
      },
      onMoved: () => {
        if (!input.plan.isOn) return;
        phone.hasMoved = true;
        input.change({ isOn: false });
      },
      onState: (state) => {
        phone.state = state;
        this.#onChange();
      },
    });
    const phone: Phone = { link, state: 'awaited', hasMoved: false };
    this.#phones.set(cameraId, phone);
  }

  /** Somebody has looked at it and wants it sent. */
  seen(cameraId: string): void {
    const phone = this.#phones.get(cameraId);
    if (phone) phone.hasMoved = false;
  }

  /** It is let go for good. */
  remove(cameraId: string): void {
    this.#phones.get(cameraId)?.link.end();
    this.#phones.delete(cameraId);
    this.#waiting.delete(cameraId);
  }

  close(): void {
    for (const { link } of this.#phones.values()) link.close();
  }
}
