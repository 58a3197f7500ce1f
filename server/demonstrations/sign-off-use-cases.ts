import type { Asked } from '../access/asked.ts';
import { getCaseAccess } from '../cases/case-access.ts';
import { type DemonstrationView, Failure, type MaterialCheckInput } from '../contract/index.ts';
import { changeDemonstration } from './change.ts';
import { sentBack, signedOff } from './demonstration.ts';
import { getDemonstrationFor } from './demonstration-access.ts';
import { findNamingTexts, shownCount } from './facts.ts';
import { materialChecked } from './material-check.ts';
import type { DemonstrationParts } from './parts.ts';
import { requireNobodyNamed } from './plan-use-cases.ts';

/** By the person who is named for it; the second of the two approves the plan. */
export async function signOff(
  parts: DemonstrationParts,
  asked: Asked,
  demonstrationId: string,
  { version, as }: { version: number; as: 'theatre' | 'ethics' },
): Promise<DemonstrationView> {
  const { caller, at } = asked;
  return changeDemonstration(parts, asked, demonstrationId, { action: `sign-${as}`, version }, (stored) => ({
    next: signedOff(stored, as, { accountId: caller.accountId, at }),
  }));
}

/** With what has to be otherwise. @throws Failure invalid-message / reason-missing, patient-named */
export async function sendBack(
  parts: DemonstrationParts,
  asked: Asked,
  demonstrationId: string,
  { version, reason }: { version: number; reason: string },
): Promise<DemonstrationView> {
  requireReason(reason);
  const step = { action: 'send-back', version } as const;
  return changeDemonstration(parts, asked, demonstrationId, step, async (stored, { stores }) => {
    await requireNobodyNamed(parts, stores, stored.consultationId, { reason });
    return { next: sentBack(stored, reason, asked.at), told: 'demonstration-sent-back' };
  });
}

/** @throws Failure invalid-message / reason-missing */
export function requireReason(reason: string): void {
  if (reason === '')
    throw new Failure('invalid-message', 'a reason is needed', { reason: 'reason-missing', fields: ['reason'] });
}

export interface CheckingParts extends DemonstrationParts {
  /** All that a material says in letters, whether it is seen or not. */
  readMaterialText(consultationId: string, materialId: string, owner: string): Promise<string>;
}

/**
 * The caller, a second person, says that nothing on these pictures tells whose they are. They see the case, or they could not have looked.
 * @throws Failure not-found where they do not, or nothing of that kind is to be shown; forbidden / people-not-apart; conflict / pictures-added;
 * invalid-message / file-names-patient, also where nobody sees it
 */
export async function checkMaterial(
  parts: CheckingParts,
  asked: Asked,
  { demonstrationId, materialId }: { demonstrationId: string; materialId: string },
  { version, pictureCount: seenCount }: MaterialCheckInput,
): Promise<DemonstrationView> {
  const { caller, at } = asked;
  await requireNamelessText(parts, asked, { demonstrationId, materialId });
  const step = { action: 'check-material', version } as const;
  return changeDemonstration(parts, asked, demonstrationId, step, async (stored, { stores, facts }) => {
    if (stored.consultationId === null) throw new Failure('not-found', 'there is no case');
    await getCaseAccess(stores, caller, stored.consultationId, at);
    const pictureCount = facts.pictureCounts.get(materialId) ?? 0;
    const next = materialChecked(stored, materialId, { by: caller.accountId, at, pictureCount });
    if (seenCount !== shownCount(pictureCount))
      throw new Failure('conflict', 'the pictures are not those that were shown', { reason: 'pictures-added' });
    return { next, detail: { materialId, pictureCount } };
  });
}

/** Takes long: before the demonstration is held. What is no business of the caller's is refused in its place. */
async function requireNamelessText(
  parts: CheckingParts,
  { caller, at }: Asked,
  { demonstrationId, materialId }: { demonstrationId: string; materialId: string },
): Promise<void> {
  const { read } = parts.work;
  const found = await getDemonstrationFor(parts, read, caller, demonstrationId, 'check-material', { at });
  const { consultationId, materials } = found.demonstration;
  if (consultationId === null || !materials.some((one) => one.materialId === materialId)) return;
  await getCaseAccess(read, caller, consultationId, at);
  const text = await parts.readMaterialText(consultationId, materialId, caller.accountId);
  if ((await findNamingTexts(read, parts.seal, consultationId, { text })).length > 0)
    throw new Failure('invalid-message', 'the document names the patient', { reason: 'file-names-patient' });
}
