import { Failure, type Presenter } from '../contract/index.ts';

/** How long the presenter has to answer; after that whoever asked presents. */
export const ANSWER_MS = 10_000;
/** How long the role waits for a presenter whose line broke. */
export const GRACE_MS = 5_000;

/** One open window of one person. */
export interface Window {
  accountId: string;
  name: string;
  peerId: string;
}

/**
 * Who presents in one case, and who asks to. A value: each function returns the next one.
 * `presenter.peerId` is null while the presenter's line is lost, `goneAt` since when.
 */
export interface Presenting {
  presenter: Presenter | null;
  goneAt: string | null;
  ask: (Window & { untilAt: string }) | null;
}

export const NOBODY_PRESENTS: Presenting = { presenter: null, goneAt: null, ask: null };

const given = ({ accountId, name, peerId }: Window): Presenting => ({
  presenter: { accountId, name, peerId },
  goneAt: null,
  ask: null,
});

/**
 * Somebody wants to present. At once where nobody does or where they present already in another window; else the
 * presenter is asked. Only one question is open at a time: whoever comes second is refused.
 */
export function asked(
  presenting: Presenting,
  who: Window,
  at: Date,
): { presenting: Presenting; outcome: 'granted' | 'asked' | 'refused' } {
  const now = settled(presenting, at);
  if (!now.presenter || now.presenter.accountId === who.accountId)
    return { presenting: given(who), outcome: 'granted' };
  if (now.ask && now.ask.peerId !== who.peerId) return { presenting: now, outcome: 'refused' };
  const { accountId, name, peerId } = who;
  const untilAt = new Date(at.getTime() + ANSWER_MS).toISOString();
  return { presenting: { ...now, ask: { accountId, name, peerId, untilAt } }, outcome: 'asked' };
}

/**
 * The presenter answers. An answer to a question that is not open any more changes nothing.
 * @throws Failure forbidden where somebody else answers.
 */
export function answered(
  presenting: Presenting,
  byAccountId: string,
  toAccountId: string,
  grant: boolean,
  at: Date,
): Presenting {
  const now = settled(presenting, at);
  if (now.ask?.accountId !== toAccountId) return now;
  if (now.presenter?.accountId !== byAccountId) throw new Failure('forbidden', 'only the presenter hands over');
  return grant ? given(now.ask) : { ...now, ask: null };
}

/** The person is back, or came in with another window while their old one is gone: the role is still theirs. */
export function entered(presenting: Presenting, who: Window, at: Date): Presenting {
  const now = settled(presenting, at);
  if (now.presenter?.accountId !== who.accountId || now.presenter.peerId !== null) return now;
  return { ...now, presenter: { ...now.presenter, peerId: who.peerId }, goneAt: null };
}

/** A window is closed. `onPurpose`: the role is free at once; else it waits for the person to come back. */
export function left(presenting: Presenting, peerId: string, onPurpose: boolean, at: Date): Presenting {
  const now = settled(presenting, at);
  const ask = now.ask?.peerId === peerId ? null : now.ask;
  if (!now.presenter || now.presenter.peerId !== peerId) return { ...now, ask };
  if (onPurpose) return ask ? given(ask) : NOBODY_PRESENTS;
  return { presenter: { ...now.presenter, peerId: null }, goneAt: at.toISOString(), ask };
}

/** What time alone has changed: the grace is over, or the question was not answered. */
export function settled(presenting: Presenting, at: Date): Presenting {
  const { presenter, goneAt, ask } = presenting;
  const isGone = goneAt !== null && at.getTime() - Date.parse(goneAt) >= GRACE_MS;
  const isUnanswered = ask !== null && ask.untilAt <= at.toISOString();
  if (ask && (isGone || isUnanswered || !presenter)) return given(ask);
  return isGone ? NOBODY_PRESENTS : presenting;
}

export function isSamePresenter(one: Presenting, other: Presenting): boolean {
  return one.presenter?.accountId === other.presenter?.accountId && one.presenter?.peerId === other.presenter?.peerId;
}
