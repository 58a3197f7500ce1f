import type { Asked } from '../access/asked.ts';
import { type DemonstrationMoveInput, type DemonstrationView, Failure } from '../contract/index.ts';
import { changeDemonstration } from './change.ts';
import {
  begun,
  cancelled,
  type Demonstration,
  ended,
  enrolmentClosed,
  enrolmentReopened,
  moved,
  opened,
} from './demonstration.ts';
import type { DemonstrationParts } from './parts.ts';
import { requireNobodyNamed } from './plan-use-cases.ts';
import { requireReason } from './sign-off-use-cases.ts';

/** Steps that take nothing but the version they were made on. */
const STEPS = {
  'open-enrolment': opened,
  'close-enrolment': enrolmentClosed,
  'reopen-enrolment': enrolmentReopened,
  begin: begun,
  end: (one, at) => ended(one, at),
} as const satisfies Record<string, (demonstration: Demonstration, at: Date) => Demonstration>;
export type PlainStep = keyof typeof STEPS;

export async function takeStep(
  parts: DemonstrationParts,
  asked: Asked,
  demonstrationId: string,
  { action, version }: { action: PlainStep; version: number },
): Promise<DemonstrationView> {
  return changeDemonstration(parts, asked, demonstrationId, { action, version }, async (stored, { stores }) => {
    // A server that dies before it notes the first time was up when this began.
    if (action === 'begin') await stores.demonstrations.noteServed([demonstrationId], asked.at, asked.at);
    return { next: STEPS[action](stored, asked.at) };
  });
}

/**
 * To another time or room; everybody is told, and the theatre signs anew.
 * @throws Failure invalid-message where it would end before it begins, or lies in the past
 */
export async function moveDemonstration(
  parts: DemonstrationParts,
  asked: Asked,
  demonstrationId: string,
  { version, startsAt, endsAt, room }: DemonstrationMoveInput,
): Promise<DemonstrationView> {
  const fields = [
    ...(endsAt <= startsAt || startsAt <= asked.at.toISOString() ? ['startsAt', 'endsAt'] : []),
    ...(room === '' ? ['room'] : []),
  ];
  if (fields.length > 0) throw new Failure('invalid-message', 'it cannot take place then', { fields });
  const step = { action: 'move', version } as const;
  return changeDemonstration(parts, asked, demonstrationId, step, async (stored, { stores }) => {
    await requireNobodyNamed(parts, stores, stored.consultationId, { room });
    const detail = { startsAt: { before: stored.startsAt, after: startsAt }, endsAt };
    return { next: moved(stored, { startsAt, endsAt, room }, asked.at), detail, told: 'demonstration-moved' };
  });
}

/** @throws Failure invalid-message / reason-missing, patient-named */
export async function cancelDemonstration(
  parts: DemonstrationParts,
  asked: Asked,
  demonstrationId: string,
  { version, reason }: { version: number; reason: string },
): Promise<DemonstrationView> {
  requireReason(reason);
  const step = { action: 'cancel', version } as const;
  return changeDemonstration(parts, asked, demonstrationId, step, async (stored, { stores }) => {
    await requireNobodyNamed(parts, stores, stored.consultationId, { reason });
    return { next: cancelled(stored, reason, asked.at) };
  });
}
