import type { Viewport } from '../../server/contract/picture-kinds.ts';
import type { Presenter } from '../../server/contract/review.ts';
import type { Clock } from './clock.ts';
import { createLatestSender } from './latest-sender.ts';
import { isTransient, type ReviewLink } from './review-link.ts';

/** 20 a second. */
const VIEWPORT_INTERVAL_MS = 50;
/** The presenter has ten seconds to answer. */
const ASK_TIMEOUT_MS = 15_000;
/** An answer that is not acknowledged by then is given again: it counts for ten seconds only. */
const ANSWER_TIMEOUT_MS = 2_000;
const ANSWER_RETRY_MS = 300;

export interface PresentingState {
  presenter: Presenter | null;
  /** This window presents. */
  presenting: boolean;
  /** This window shows what the presenter shows. */
  following: boolean;
  /** I asked to take over and wait for the answer. */
  asking: boolean;
  /** Somebody asks me to hand over. `answer`: given, and not acknowledged by the server yet. */
  asked: { accountId: string; name: string; answerByMs: number; answer?: boolean } | null;
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

export interface Presenting {
  readonly state: PresentingState;
  /** A snapshot came in. `fresh`: the first of this window. */
  enter(snapshot: { peerId: string; presenter: Presenter | null; viewport: Viewport | null }, fresh: boolean): void;
  changed(presenter: Presenter | null): void;
  moved(peerId: string, viewport: Viewport): void;
  askedBy(request: { accountId: string; name: string; answerWithinS: number }): void;
  /** The person at this window moved the picture. */
  look(viewport: Viewport): void;
  ask(): void;
  answer(grant: boolean): void;
  follow(): void;
  unfollow(): void;
  stop(): void;
}

const initial: PresentingState = { presenter: null, presenting: false, following: true, asking: false, asked: null };

/** Who leads and who follows, as this window sees it. */
export function createPresenting(parts: PresentingParts): Presenting {
  const { link, clock, consultationId, me } = parts;
  let state = initial;
  let peerId: string | undefined;
  let presented: Viewport | undefined;
  let mine: Viewport | undefined;
  let cancelAsked: (() => void) | undefined;
  let askNumber = 0;

  const sender = createLatestSender<Viewport>({
    clock,
    intervalMs: VIEWPORT_INTERVAL_MS,
    send: (viewport) => link.send('viewport:move', { consultationId, viewport }),
    settle: (viewport) =>
      link.request('viewport:move', { consultationId, viewport }).catch((failure: unknown) => {
        if (isTransient(failure)) throw failure;
      }),
  });
  const update = (change: Partial<PresentingState>): void => {
    state = { ...state, ...change };
    parts.onChange();
  };
  const setPresenter = (presenter: Presenter | null): void => {
    const presenting = presenter !== null && presenter.peerId === peerId;
    const lost = state.presenting && !presenting;
    if (!presenting) {
      sender.stop();
      cancelAsked?.();
    }
    update({
      presenter,
      presenting,
      following: lost ? true : state.following,
      asked: presenting ? state.asked : null,
    });
  };
  const show = (viewport: Viewport): void => {
    mine = viewport;
    parts.onFollow(viewport);
  };
  const present = (): void => {
    if (mine && state.presenting) sender.push(mine);
  };
  const ask = (): void => {
    if (state.asking || state.presenting) return;
    const number = ++askNumber;
    update({ asking: true });
    link.request('presenter:ask', { consultationId }, { timeoutMs: ASK_TIMEOUT_MS }).then(
      ({ granted }) => {
        if (number !== askNumber) return;
        update({ asking: false });
        if (!granted) parts.onDenied();
        else if (!state.presenting && peerId !== undefined)
          self.changed({ accountId: me.accountId, name: me.name, peerId });
      },
      () => {
        if (number === askNumber) update({ asking: false });
      },
    );
  };
  /** Until the server has it, or the question is gone: an answer that is lost would give the role away. */
  const sendAnswer = (accountId: string): void => {
    const { asked } = state;
    if (asked?.accountId !== accountId || asked.answer === undefined) return;
    const grant = asked.answer;
    link.request('presenter:answer', { consultationId, accountId, grant }, { timeoutMs: ANSWER_TIMEOUT_MS }).then(
      () => {
        if (state.asked?.accountId !== accountId) return;
        if (state.asked.answer !== grant) sendAnswer(accountId);
        else dropQuestion();
      },
      (failure: unknown) => {
        if (isTransient(failure)) clock.after(ANSWER_RETRY_MS, () => sendAnswer(accountId));
        else if (state.asked?.accountId === accountId) dropQuestion();
      },
    );
  };
  const dropQuestion = (): void => {
    cancelAsked?.();
    update({ asked: null });
  };
  const self: Presenting = {
    get state() {
      return state;
    },
    enter(snapshot, fresh) {
      const led = state.presenting;
      const before = peerId;
      const { presenter, viewport } = snapshot;
      peerId = snapshot.peerId;
      if (viewport) presented = viewport;
      // The server may still count this window under the line that broke.
      const wasMine =
        presenter?.accountId === me.accountId && (presenter.peerId === null || presenter.peerId === before);
      const regain = wasMine || (led && presenter === null);
      // An earlier question went down with the line.
      askNumber++;
      state = { ...state, asking: false };
      setPresenter(presenter);
      if (regain && !state.presenting) ask();
      if (led && (regain || state.presenting)) present();
      else if (viewport && (fresh || state.following)) show(viewport);
    },
    changed(presenter) {
      const led = state.presenting;
      setPresenter(presenter);
      if (state.presenting && !led) present();
    },
    moved(from, viewport) {
      if (from === peerId) return;
      presented = viewport;
      if (!state.presenting && state.following) show(viewport);
    },
    askedBy({ accountId, name, answerWithinS }) {
      cancelAsked?.();
      cancelAsked = clock.after(answerWithinS * 1000, () => update({ asked: null }));
      update({ asked: { accountId, name, answerByMs: clock.nowMs() + answerWithinS * 1000 } });
    },
    look(viewport) {
      mine = viewport;
      if (state.presenting) sender.push(viewport);
      else if (state.presenter === null) {
        if (peerId !== undefined && parts.leadsByMoving()) ask();
      } else if (state.following) update({ following: false });
    },
    ask,
    answer(grant) {
      const { asked } = state;
      if (!asked) return;
      update({ asked: { ...asked, answer: grant } });
      if (asked.answer === undefined) sendAnswer(asked.accountId);
    },
    follow() {
      if (state.presenting) return;
      update({ following: true });
      if (presented) show(presented);
    },
    unfollow() {
      if (!state.presenting && state.following) update({ following: false });
    },
    stop() {
      sender.stop();
      cancelAsked?.();
    },
  };
  return self;
}
