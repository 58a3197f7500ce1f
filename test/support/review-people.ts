import { ReviewSession } from '../../client/review/session.ts';
import type { Viewport } from '../../server/contract/picture-kinds.ts';
import { TestLink } from './review-link.ts';
import { CONSULTATION_ID, type ReviewHub } from './review-world.ts';
import type { VirtualClock } from './virtual-clock.ts';

export interface Person {
  link: TestLink;
  session: ReviewSession;
  /** What this person's screen shows. */
  shown(): Viewport | undefined;
  /** Moves the picture by hand. */
  look(viewport: Viewport): void;
}

export function enter(
  hub: ReviewHub,
  clock: VirtualClock,
  name: string,
  { delayMs = 20, solo = false, leads = true } = {},
): Person {
  const me = { accountId: `account-${name}`, name };
  const link = new TestLink(hub, clock, me, delayMs);
  const session = new ReviewSession({
    link,
    consultationId: CONSULTATION_ID,
    me,
    solo,
    leadsByMoving: () => leads,
    clock,
  });
  let shown: Viewport | undefined;
  session.onFollow((viewport) => {
    shown = viewport;
  });
  return {
    link,
    session,
    shown: () => shown,
    look(viewport) {
      shown = viewport;
      session.look(viewport);
    },
  };
}

export const everything = () => true;
export const namesOf = (annotations: { annotationId: string }[]): string[] =>
  annotations.map((each) => each.annotationId).sort();
