import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { SEAT_ROLES } from '../access/demonstrations.ts';
import { requirePermission } from '../access/may.ts';
import { recordAct } from '../audit/record.ts';
import { getCaseAccess } from '../cases/case-access.ts';
import {
  type DemonstrationDraft,
  type DemonstrationSaveInput,
  type DemonstrationView,
  Failure,
  type SeatHolder,
} from '../contract/index.ts';
import { announceDemonstration } from './announce.ts';
import { changeDemonstration, viewOf } from './change.ts';
import { type Demonstration, planned, saved, asked as signOffAsked, toDraft } from './demonstration.ts';
import { findNamingTexts, listStanding } from './facts.ts';
import { thoseWithLess } from './hall/seats.ts';
import type { DemonstrationParts, DemonstrationStores } from './parts.ts';
import { readTexts } from './patient-named.ts';

/** By a surgeon for themselves, by a coordinator for a surgeon of their facility. @throws Failure not-found for somebody who is none */
export async function createDemonstration(
  parts: DemonstrationParts,
  asked: Asked,
  { surgeonId }: { surgeonId?: string | undefined },
): Promise<DemonstrationView> {
  const { caller, at } = asked;
  requirePermission(caller, 'demonstration:plan');
  const { accountId, facilityId } = caller;
  const demonstration = await parts.work.write(async (stores) => {
    const surgeons = await stores.accounts.listAppointed(facilityId, ['surgeon'], at);
    const meant = surgeonId ?? accountId;
    if (caller.role === 'surgeon' && meant !== accountId)
      throw new Failure('forbidden', 'a surgeon plans their own', { fields: ['surgeonId'] });
    if (!surgeons.some((one) => one.accountId === meant))
      throw new Failure('not-found', 'no such surgeon', { fields: ['surgeonId'] });
    const ids = { demonstrationId: randomUUID(), facilityId, surgeonId: meant, createdBy: accountId };
    const next = planned(ids, at);
    await stores.demonstrations.insert(next);
    await recordAct(stores.audit, asked, {
      action: 'demonstration:create',
      subjectKind: 'demonstration',
      subjectId: next.demonstrationId,
      detail: { surgeonId: meant },
    });
    return next;
  });
  await announceDemonstration(parts, demonstration);
  return viewOf(parts, asked, demonstration);
}

/**
 * The plan as it was typed.
 * @throws Failure invalid-message / patient-named with the texts that name the patient; not-found where a person, an entry of the audience,
 * the case or something of it is none; conflict / plan-signed, version-outdated
 */
export async function saveDemonstration(
  parts: DemonstrationParts,
  asked: Asked,
  demonstrationId: string,
  { version, ...draft }: DemonstrationSaveInput,
): Promise<DemonstrationView> {
  const { caller, at } = asked;
  const step = { action: 'edit', version } as const;
  let reseated: { before: Demonstration; next: Demonstration } | undefined;
  let gone: string[] = [];
  const view = await changeDemonstration(parts, asked, demonstrationId, step, async (stored, { stores }) => {
    const next = saved(stored, draft, { by: caller.accountId, at });
    await requireKnown(stores, asked, stored, draft);
    await requireNobodyNamed(parts, stores, next.consultationId, readTexts(next));
    const before = toDraft(stored);
    const fields = (Object.keys(draft) as (keyof DemonstrationDraft)[]).filter(
      (field) => JSON.stringify(before[field]) !== JSON.stringify(draft[field]),
    );
    reseated = { before: stored, next };
    ({ gone } = thoseWithLess(stored, next));
    for (const accountId of gone) await stores.demonstrations.endPresences({ demonstrationId, accountId }, at);
    return { next, detail: { fields } };
  });
  for (const accountId of gone) await parts.hall.remove(demonstrationId, accountId);
  if (reseated) await parts.hall.reseat(reseated.before, reseated.next);
  return view;
}

/** @throws Failure invalid-message / patient-named */
export async function requireNobodyNamed(
  { seal }: Pick<DemonstrationParts, 'seal'>,
  stores: Pick<DemonstrationStores, 'consultations'>,
  consultationId: string | null,
  texts: Record<string, string>,
): Promise<void> {
  const fields = await findNamingTexts(stores, seal, consultationId, texts);
  if (fields.length > 0)
    throw new Failure('invalid-message', 'a text names the patient', { reason: 'patient-named', fields });
}

/** What is new in the plan must be there; what stood in it already may have gone, which its gaps say. */
async function requireKnown(
  stores: DemonstrationStores,
  asked: Asked,
  stored: Demonstration,
  draft: DemonstrationDraft,
): Promise<void> {
  const unknown = (field: string) => new Failure('not-found', `no such ${field}`, { fields: [field] });
  if (!(await arePeopleKnown(stores, asked, stored, draft.seats))) throw unknown('seats');
  if (!(await isAudienceKnown(stores, stored, draft))) throw unknown('audience');
  const { consultationId } = draft;
  if (consultationId !== null && consultationId !== stored.consultationId)
    await getCaseAccess(stores, asked.caller, consultationId, asked.at).catch(() => {
      throw unknown('consultationId');
    });
  const known = new Set(stored.consultationId === consultationId ? stored.materials.map((one) => one.materialId) : []);
  const added = draft.materialIds.filter((id) => !known.has(id));
  if (added.length === 0) return;
  const attached = consultationId === null ? [] : await stores.materials.list(consultationId);
  if (!added.every((id) => attached.some(({ materialId }) => materialId === id))) throw unknown('materialIds');
}

async function arePeopleKnown(
  stores: Pick<DemonstrationStores, 'accounts'>,
  { at }: Asked,
  stored: Demonstration,
  seats: readonly SeatHolder[],
): Promise<boolean> {
  const is = (one: SeatHolder) => (other: SeatHolder) =>
    other.seat === one.seat && other.accountId === one.accountId && other.facilityId === one.facilityId;
  const added = seats.filter((one) => !stored.seats.some(is(one)));
  const standing = await listStanding(
    stores,
    added.map(({ accountId }) => accountId),
    at,
  );
  return added.every(
    ({ seat, accountId, facilityId }) =>
      // The theatre and its ethics committee are those of the house.
      (!seat.endsWith('-signer') || facilityId === stored.facilityId) &&
      standing.some(
        (one) =>
          one.accountId === accountId &&
          one.facilityId === facilityId &&
          (SEAT_ROLES as readonly string[]).includes(one.role),
      ),
  );
}

async function isAudienceKnown(
  { accounts, facilities }: Pick<DemonstrationStores, 'accounts' | 'facilities'>,
  stored: Demonstration,
  { audience }: Pick<DemonstrationDraft, 'audience'>,
): Promise<boolean> {
  const added = audience.filter((one) => !stored.audience.some(({ kind, id }) => kind === one.kind && id === one.id));
  const idsOf = (kind: string) => added.filter((one) => one.kind === kind).map(({ id }) => id);
  const [places, people, groups] = [idsOf('facility'), idsOf('person'), idsOf('alliance')];
  const alliances = groups.length > 0 ? await facilities.listAlliances() : [];
  return (
    (await facilities.findMany(places)).length === new Set(places).size &&
    (await accounts.findMany(people)).length === new Set(people).size &&
    groups.every((id) => alliances.some(({ allianceId }) => allianceId === id))
  );
}

/** The two signers are told that the plan is whole. @throws Failure conflict / plan-incomplete with the gaps */
export async function askForSignOff(
  parts: DemonstrationParts,
  asked: Asked,
  demonstrationId: string,
  { version }: { version: number },
): Promise<DemonstrationView> {
  return changeDemonstration(parts, asked, demonstrationId, { action: 'ask-sign-off', version }, (stored) => ({
    next: signOffAsked(stored, asked.at),
    told: 'demonstration-sign-off-asked',
  }));
}
