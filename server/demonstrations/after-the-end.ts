import type { Assessment, Crediting } from './credits/credit.ts';
import { along, type Changes, changed, type Demonstration, findArrow } from './demonstration.ts';
import { ACTS, RECORDINGS_SEALED } from './rules/rules.ts';

/* What becomes of a demonstration that is over: assessment, credits and replay. */

/** Where its replay came first, the state is further on already, and stays. */
const assessmentAlong = (
  demonstration: Demonstration,
  action: 'assess' | 'credit',
  at: Date,
  changes: Changes,
): Demonstration => {
  const { arrows } = ACTS[action];
  return findArrow(demonstration, arrows)
    ? along(demonstration, arrows, at, changes)
    : changed(demonstration, at, changes);
};

export const assessed = (demonstration: Demonstration, assessment: Assessment): Demonstration =>
  assessmentAlong(demonstration, 'assess', new Date(assessment.at), { assessment });

export const credited = (demonstration: Demonstration, credit: Crediting): Demonstration =>
  assessmentAlong(demonstration, 'credit', new Date(credit.at), { credit });

/** What one person has stands beside it. */
export const creditCorrected = (demonstration: Demonstration, at: Date): Demonstration =>
  changed(demonstration, at, {});

export const replayOpened = (demonstration: Demonstration, at: Date): Demonstration =>
  along(demonstration, ACTS['open-replay'].arrows, at);

export const replayPublished = (demonstration: Demonstration, at: Date): Demonstration =>
  along(demonstration, ACTS['publish-replay'].arrows, at);

export const replayRetired = (demonstration: Demonstration, at: Date): Demonstration =>
  along(demonstration, ACTS['retire-replay'].arrows, at);

/** Cuts and chapters stand beside it; whoever changes them names the version all the same. */
export const replayEdited = (demonstration: Demonstration, at: Date): Demonstration => changed(demonstration, at, {});

/** undefined: nobody could have seen the recordings anyway. */
export const recordingsSealed = (demonstration: Demonstration, at: Date): Demonstration | undefined =>
  findArrow(demonstration, RECORDINGS_SEALED.arrows) && along(demonstration, RECORDINGS_SEALED.arrows, at);
