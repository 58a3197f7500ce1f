import type { Viewport } from '../../server/contract/picture-kinds.ts';
import type { Presenter } from '../../server/contract/review.ts';
import type { Clock } from './clock.ts';
import { isTransient, type ReviewLink } from './review-link.ts';
import { type Asked, TakeOverQuestion } from './take-over-question.ts';
import { createThrottledSender, type ThrottledSender } from './throttled-sender.ts';

/** 20 a second. */
const VIEWPORT_INTERVAL_MS = 50;
/** The presenter has ten seconds to answer. */
const ASK_TIMEOUT_MS = 15_000;

export interface PresentingState {
  presenter: Presenter | null;
  /** This window presents. */
  presenting: boolean;
  /** This window shows what the presenter shows. */
  following: boolean;
  /** I asked to take over and wait for the answer. */
  asking: boolean;
  asked: Asked | null;
}

export interface PresentingParts {
  link: ReviewLink;
  clock: Clock;
  consultationId: string;
  me: { accountId: string; name: string };
  /** Whether moving the picture begins to present where nobody does. */
  leadsByMoving(): boolean;
  onChange(): void;
  /** Show this. */
  onFollow(viewport: Viewport): void;
  onDenied(): void;
}

/** Who leads and who follows, as this window sees it. */
export class Presenting {
  readonly #parts: PresentingParts;
  readonly #sender: ThrottledSender<Viewport>;
  readonly #question: TakeOverQuestion;
  #state: Omit<PresentingState, 'asked'> = { presenter: null, presenting: false, following: true, asking: false };
  #peerId: string | undefined;
  /** What the presenter showed last. */
  #presented: Viewport | undefined;
  /** What this window shows. */
  #mine: Viewport | undefined;
  #askNumber = 0;

  constructor(parts: PresentingParts) {
    const { link, clock, consultationId } = parts;
    this.#parts = parts;
    this.#question = new TakeOverQuestion(parts);
    this.#sender = createThrottledSender<Viewport>({
      clock,
      intervalMs: VIEWPORT_INTERVAL_MS,
      send: (viewport) => link.send('viewport:move', { consultationId, viewport }),
      settle: (viewport) =>
        link.request('viewport:move', { consultationId, viewport }).catch((failure: unknown) => {
          if (isTransient(failure)) throw failure;
        }),
    });
  }

  get state(): PresentingState {
    return { ...this.#state, asked: this.#question.asked };
  }

  /** A snapshot came in. `fresh`: the first of this window. */
  enter(
    { peerId, presenter, viewport }: { peerId: string; presenter: Presenter | null; viewport: Viewport | null },
    fresh: boolean,
  ): void {
    const led = this.#state.presenting;
    const before = this.#peerId;
    this.#peerId = peerId;
    if (viewport) this.#presented = viewport;
    // The server may still count this window under the line that broke.
    const wasMine =
      presenter?.accountId === this.#parts.me.accountId && (presenter.peerId === null || presenter.peerId === before);
    const regain = wasMine || (led && presenter === null);
    // An earlier question went down with the line.
    this.#askNumber++;
    this.#state = { ...this.#state, asking: false };
    this.#setPresenter(presenter);
    if (regain && !this.#state.presenting) this.ask();
    if (led && (regain || this.#state.presenting)) this.#present();
    else if (viewport && (fresh || this.#state.following)) this.#show(viewport);
  }

  changed(presenter: Presenter | null): void {
    const led = this.#state.presenting;
    this.#setPresenter(presenter);
    if (this.#state.presenting && !led) this.#present();
  }

  moved(peerId: string, viewport: Viewport): void {
    if (peerId === this.#peerId) return;
    this.#presented = viewport;
    if (!this.#state.presenting && this.#state.following) this.#show(viewport);
  }

  askedBy(request: { accountId: string; name: string; answerWithinS: number }): void {
    this.#question.put(request);
  }

  answer(grant: boolean): void {
    this.#question.answer(grant);
  }

  /** The person at this window moved the picture. */
  look(viewport: Viewport): void {
    const { presenting, presenter, following } = this.#state;
    this.#mine = viewport;
    if (presenting) this.#sender.push(viewport);
    else if (presenter === null) {
      if (this.#peerId !== undefined && this.#parts.leadsByMoving()) this.ask();
    } else if (following) this.#update({ following: false });
  }

  ask(): void {
    if (this.#state.asking || this.#state.presenting) return;
    const { link, consultationId, me, onDenied } = this.#parts;
    const number = ++this.#askNumber;
    this.#update({ asking: true });
    link.request('presenter:ask', { consultationId }, { timeoutMs: ASK_TIMEOUT_MS }).then(
      ({ granted }) => {
        if (number !== this.#askNumber) return;
        this.#update({ asking: false });
        if (!granted) onDenied();
        else if (!this.#state.presenting && this.#peerId !== undefined)
          this.changed({ accountId: me.accountId, name: me.name, peerId: this.#peerId });
      },
      () => {
        if (number === this.#askNumber) this.#update({ asking: false });
      },
    );
  }

  follow(): void {
    if (this.#state.presenting) return;
    this.#update({ following: true });
    if (this.#presented) this.#show(this.#presented);
  }

  unfollow(): void {
    if (!this.#state.presenting && this.#state.following) this.#update({ following: false });
  }

  stop(): void {
    this.#sender.stop();
    this.#question.stop();
  }

  #setPresenter(presenter: Presenter | null): void {
    const presenting = presenter !== null && presenter.peerId === this.#peerId;
    const lost = this.#state.presenting && !presenting;
    if (!presenting) {
      this.#sender.stop();
      this.#question.forget();
    }
    this.#update({ presenter, presenting, following: lost ? true : this.#state.following });
  }

  #show(viewport: Viewport): void {
    this.#mine = viewport;
    this.#parts.onFollow(viewport);
  }

  #present(): void {
    if (this.#mine && this.#state.presenting) this.#sender.push(this.#mine);
  }

  #update(change: Partial<Omit<PresentingState, 'asked'>>): void {
    this.#state = { ...this.#state, ...change };
    this.#parts.onChange();
  }
}
