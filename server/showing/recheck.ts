import { randomUUID } from 'node:crypto';
import { recordAct } from '../audit/record.ts';
import { DemonstrationState, Failure, type FailureReason } from '../contract/index.ts';
import { announceDemonstration } from '../demonstrations/announce.ts';
import { replaceDemonstration } from '../demonstrations/change.ts';
import type { Demonstration, ShownMaterial } from '../demonstrations/demonstration.ts';
import { findNamingTexts } from '../demonstrations/facts.ts';
import { checkWithdrawn } from '../demonstrations/material-check.ts';
import { hasHall } from '../demonstrations/rules/rules.ts';
import { type Repeated, repeat } from '../runtime/repeat.ts';
import type { ShowingParts } from './parts.ts';
import { takeOffUnchecked, tellAnew } from './take-off.ts';

/** All that a material says in letters, whether it is seen or not. */
export type ReadMaterialText = (consultationId: string, materialId: string, owner: string) => Promise<string>;

const EVERY_MS = 5_000;
/** What could not be read is tried again after so long at most. */
const LONGEST_WAIT_MS = 10 * 60_000;
/** Of those that begin or began within a day: a hall is opened for a rehearsal hours before. */
const AROUND_MS = 24 * 3_600_000;
const WITH_HALL = DemonstrationState.options.filter(hasHall);

/**
 * Reads again what a second person has looked through and can be shown soon: the patient may be called otherwise by now, or the check be older than
 * what is read for names. What names them is not checked any more. @returns to be called again and again: each is read once.
 */
export function recheck(parts: ShowingParts, readText: ReadMaterialText): () => Promise<void> {
  /** As each was when nothing in it named anybody. */
  const clean = new Map<string, string>();
  const waiting = new Map<string, { failures: number; untilMs: number }>();
  /** Each by itself: a file that cannot be read keeps back none of the others. */
  const judge = async (id: string, demonstration: Demonstration, material: ShownMaterial, asItIs: string) => {
    const { demonstrationId, consultationId } = demonstration;
    const { materialId } = material;
    try {
      const reason = await reasonAgainst(parts, readText, consultationId ?? '', material);
      if (reason === null) clean.set(id, asItIs);
      else if (reason !== 'gone') await takeBack(parts, demonstration, material, reason);
      waiting.delete(id);
    } catch (err) {
      const failures = (waiting.get(id)?.failures ?? 0) + 1;
      const waitMs = Math.min(LONGEST_WAIT_MS, EVERY_MS * 2 ** failures);
      waiting.set(id, { failures, untilMs: parts.clock().getTime() + waitMs });
      parts.log.warn(
        { err, demonstrationId, materialId },
        'it cannot be told whether what was checked names a patient',
      );
    }
  };
  return async () => {
    const { read } = parts.work;
    const nowMs = parts.clock().getTime();
    const [from, to] = [new Date(nowMs - AROUND_MS), new Date(nowMs + AROUND_MS)];
    const seen = new Set<string>();
    for (const demonstration of await read.demonstrations.listBeginning(WITH_HALL, from, to)) {
      const { demonstrationId, consultationId, materials } = demonstration;
      const consultation = consultationId === null ? undefined : await read.consultations.find(consultationId);
      if (!consultation) continue;
      for (const material of materials.filter(({ checkedBy }) => checkedBy !== null)) {
        const id = `${demonstrationId} ${material.materialId}`;
        const now = JSON.stringify([material.checkedAt, material.checkedCount, consultation.patient]);
        seen.add(id);
        const isWaiting = nowMs < (waiting.get(id)?.untilMs ?? 0);
        if (clean.get(id) !== now && !isWaiting) await judge(id, demonstration, material, now);
      }
    }
    for (const kept of [clean, waiting]) for (const id of kept.keys()) if (!seen.has(id)) kept.delete(id);
  };
}

export function startRechecking(parts: ShowingParts, readText: ReadMaterialText): Repeated {
  return repeat(recheck(parts, readText), {
    everyMs: EVERY_MS,
    log: parts.log,
    what: 'it cannot be told what was checked and is shown soon',
  });
}

/** Why it may not be shown, null where nothing is against it; what the case has no more is shown to nobody. */
async function reasonAgainst(
  { work, seal }: ShowingParts,
  readText: ReadMaterialText,
  consultationId: string,
  { materialId, checkedBy }: ShownMaterial,
): Promise<FailureReason | 'gone' | null> {
  try {
    const text = await readText(consultationId, materialId, checkedBy ?? '');
    const naming = await findNamingTexts(work.read, seal, consultationId, { text });
    return naming.length > 0 ? 'file-names-patient' : null;
  } catch (thrown) {
    // What would be refused at the check now is not shown on the strength of an older one.
    if (thrown instanceof Failure && thrown.code === 'invalid-message') return thrown.reason ?? 'file-damaged';
    if (thrown instanceof Failure && thrown.code === 'not-found') return 'gone';
    throw thrown;
  }
}

async function takeBack(
  parts: ShowingParts,
  { demonstrationId }: Demonstration,
  { materialId, checkedAt }: ShownMaterial,
  reason: FailureReason,
): Promise<void> {
  const at = parts.clock();
  const next = await parts.work.write(async (stores) => {
    const stored = await stores.demonstrations.findForUpdate(demonstrationId);
    const isSame = stored?.materials.some((one) => one.materialId === materialId && one.checkedAt === checkedAt);
    if (!stored || !isSame || !hasHall(stored.state)) return undefined;
    const next = checkWithdrawn(stored, materialId, at);
    await replaceDemonstration(stores, next);
    await recordAct(
      stores.audit,
      { caller: null, requestId: randomUUID(), at },
      {
        action: 'demonstration:withdraw-check',
        subjectKind: 'demonstration',
        subjectId: demonstrationId,
        detail: { from: stored.state, to: next.state, materialId, reason },
      },
    );
    return next;
  });
  if (!next) return;
  parts.showables.forget(demonstrationId);
  await announceDemonstration(parts, next);
  if (!(await takeOffUnchecked(parts, demonstrationId))) await tellAnew(parts, demonstrationId);
}
