import { type Act, isSameShape, type Shape } from '../../server/contract/review.ts';

/** One's own act. `local`: on a mark that is nobody else's to see, and on no server. */
export type OwnAct = Act & { local: boolean };

/** One's own acts in a case, oldest first. A value: every change makes a new one. */
export type History = readonly OwnAct[];

/** As many as the server keeps. */
const MAX_ACTS = 100;

/** What was taken back before is gone for good once something new is done. */
export function withAct(history: History, act: OwnAct): History {
  return [...history.filter(({ undone }) => !undone), act].slice(-MAX_ACTS);
}

export function withStep(history: History, actId: string, direction: 'undo' | 'redo'): History {
  return history.map((act) => (act.actId === actId ? { ...act, undone: direction === 'undo' } : act));
}

export function withoutAct(history: History, actId: string): History {
  return history.filter((act) => act.actId !== actId);
}

/**
 * What the next step takes back, or does again. Acts on what has changed since (somebody else deleted it, another window moved
 * it) are passed over: they would undo more than one's own.
 * @param shapeOf what an annotation is now; null where it is not there.
 */
export function nextStep(
  history: History,
  direction: 'undo' | 'redo',
  shapeOf: (annotationId: string) => Shape | null,
): OwnAct | undefined {
  const fits = (act: OwnAct): boolean =>
    isSameShape(shapeOf(act.annotationId), direction === 'undo' ? act.after : act.before);
  if (direction === 'undo') return history.findLast((act) => !act.undone && fits(act));
  return history.find((act) => act.undone && fits(act));
}

/**
 * The server's list after an outage or a reload, with what it has not heard of yet at the end.
 * @param isUnsent acts that are still on their way.
 */
export function mergedWith(history: History, told: readonly Act[], isUnsent: (actId: string) => boolean): History {
  const known = new Set(told.map(({ actId }) => actId));
  const here = new Map(history.map((act) => [act.actId, act]));
  const isNew = ({ actId, local }: OwnAct): boolean => local || (!known.has(actId) && isUnsent(actId));
  // Something new is on its way: what was taken back before it is gone, though the server does not know yet.
  const hasNew = history.some((act) => isNew(act) && !act.local);
  const acts = told
    .filter(({ actId, undone }) => here.has(actId) || !(isUnsent(actId) || (hasNew && undone)))
    .map((act) => {
      const undone = isUnsent(act.actId) ? (here.get(act.actId)?.undone ?? act.undone) : act.undone;
      return { ...act, undone, local: false };
    });
  return [...acts, ...history.filter(isNew)];
}
