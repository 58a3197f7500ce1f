import { randomUUID } from 'node:crypto';
import { requireAgreementAction } from '../access/administration.ts';
import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import { requirePermission } from '../access/may.ts';
import { type Changes, changesOf } from '../audit/changes.ts';
import { recordAct } from '../audit/record.ts';
import {
  type AgreementAction,
  type AgreementDetail,
  type AgreementSaveInput,
  type AgreementSide,
  Failure,
} from '../contract/index.ts';
import { chinaDate } from '../patients/china-date.ts';
import type { Stores, Work } from '../store/stores.ts';
import { type Agreement, isSigned, NO_RESPONSE_TIMES, overlap, periodOf, periodOfDays, stateOf } from './agreement.ts';
import { facilityOf, toDetail, toDraft } from './agreement-view.ts';
import { requireVersion } from './facility.ts';
import { requireReason } from './facility-use-cases.ts';
import { type Scope, scopeOf } from './scope.ts';

export interface AgreementParts {
  work: Work<'accounts' | 'audit' | 'facilities'>;
}
export type AgreementStores = Pick<Stores, 'accounts' | 'audit' | 'facilities'>;

/**
 * An agreement one of whose sides the caller administers.
 * @param lock true inside a transaction that goes on to write it.
 * @throws Failure not-found
 */
export async function getAgreement(
  stores: Pick<Stores, 'facilities'>,
  caller: Caller,
  agreementId: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<{ agreement: Agreement; scope: Scope }> {
  const scope = await scopeOf(stores, caller);
  const { facilities } = stores;
  const agreement = await (lock
    ? facilities.findAgreementForUpdate(agreementId)
    : facilities.findAgreement(agreementId));
  if (!agreement || !(scope.has(agreement.invitingFacilityId) || scope.has(agreement.invitedFacilityId)))
    throw new Failure('not-found', 'no such agreement');
  return { agreement, scope };
}

export async function readAgreement(
  { work }: AgreementParts,
  { caller, at }: Asked,
  agreementId: string,
): Promise<AgreementDetail> {
  const { agreement, scope } = await getAgreement(work.read, caller, agreementId);
  return toDetail(work.read, agreement, scope, at);
}

/** A draft for a year from today; of one side at least the caller is administrator. @throws Failure not-found, conflict / facility-closed */
export async function createAgreement(
  { work }: AgreementParts,
  asked: Asked,
  { invitingFacilityId, invitedFacilityId }: { invitingFacilityId: string; invitedFacilityId: string },
): Promise<AgreementDetail> {
  const { caller, at } = asked;
  requirePermission(caller, 'facility:manage');
  if (invitingFacilityId === invitedFacilityId)
    throw new Failure('invalid-message', 'a facility agrees with another one', { fields: ['invitedFacilityId'] });
  return work.write(async (stores) => {
    const scope = await scopeOf(stores, caller);
    if (!scope.has(invitingFacilityId) && !scope.has(invitedFacilityId))
      throw new Failure('not-found', 'no such facility');
    await requireBothActive(stores, { invitingFacilityId, invitedFacilityId });
    const today = chinaDate(at);
    const year = Number(today.slice(0, 4)) + 1;
    const { from, to } = periodOfDays(today, `${year}${today.slice(4)}`.replace('02-29', '02-28'));
    const agreement: Agreement = {
      agreementId: randomUUID(),
      invitingFacilityId,
      invitedFacilityId,
      validFrom: from,
      validTo: to,
      services: [],
      responseTimes: NO_RESPONSE_TIMES,
      liabilityText: '',
      signatures: { inviting: null, invited: null },
      signedCopy: null,
      predecessorId: null,
      endedAt: null,
      endReason: '',
      version: 1,
      changedAt: at.toISOString(),
    };
    await stores.facilities.insertAgreement(agreement);
    await record(
      stores,
      asked,
      'agreement:create',
      agreement,
      changesOf({}, { invitingFacilityId, invitedFacilityId }),
    );
    return toDetail(stores, agreement, scope, at);
  });
}

/** What was signed by one side is not signed any more. @throws Failure conflict / version-outdated, agreement-signed */
export async function saveAgreement(
  parts: AgreementParts,
  asked: Asked,
  agreementId: string,
  { version, fromDay, toDay, ...text }: AgreementSaveInput,
): Promise<AgreementDetail> {
  return changeAgreement(
    parts,
    asked,
    agreementId,
    { action: 'edit', version, recorded: 'agreement:save' },
    (stored) => {
      const { from, to } = periodOfDays(fromDay, toDay);
      const next = { ...stored, ...text, validFrom: from, validTo: to, signatures: { inviting: null, invited: null } };
      return { next, changes: changesOf(forChain(stored), forChain(next)) };
    },
  );
}

/**
 * The administrator of a side confirms the paper that was signed; once both have, it is valid within its days.
 * @throws Failure not-found where the side is not theirs, conflict / signed-copy-missing, agreement-incomplete, agreement-overlaps, facility-closed
 */
export async function signAgreement(
  parts: AgreementParts,
  asked: Asked,
  agreementId: string,
  { version, side }: { version: number; side: AgreementSide },
): Promise<AgreementDetail> {
  const { caller, at } = asked;
  const step = { action: 'sign', version, recorded: 'agreement:sign' } as const;
  return changeAgreement(parts, asked, agreementId, step, async (stored, { stores, scope }) => {
    // Two drafts of the same two sides are signed one after the other.
    await stores.facilities.listNodesForUpdate();
    if (!scope.has(facilityOf(stored, side))) throw new Failure('forbidden', 'the other side signs for itself');
    requireComplete(stored, at);
    await requireBothActive(stores, stored);
    await requireAlone(stores, stored);
    const signature = { accountId: caller.accountId, at: at.toISOString() };
    const next = { ...stored, signatures: { ...stored.signatures, [side]: signature } };
    return { next, changes: changesOf({}, { side, signedCopy: stored.signedCopy?.sha256 }) };
  });
}

/** Before its time, with a reason, by either side. Cases that were sent under it go on. */
export async function endAgreement(
  parts: AgreementParts,
  asked: Asked,
  agreementId: string,
  { version, reason }: { version: number; reason: string },
): Promise<AgreementDetail> {
  requireReason(reason);
  const endedAt = asked.at.toISOString();
  return changeAgreement(
    parts,
    asked,
    agreementId,
    { action: 'end', version, recorded: 'agreement:end' },
    (stored) => ({
      next: { ...stored, endedAt, endReason: reason },
      changes: changesOf({ endedAt: stored.endedAt }, { endedAt }),
    }),
  );
}

export async function discardAgreement(
  { work }: AgreementParts,
  asked: Asked,
  agreementId: string,
): Promise<Record<string, never>> {
  return work.write(async (stores) => {
    const { agreement } = await getAgreement(stores, asked.caller, agreementId, { lock: true });
    requireAgreementAction('discard', stateOf(agreement, asked.at));
    await stores.facilities.deleteAgreement(agreementId);
    await record(stores, asked, 'agreement:discard', agreement, {});
    return {};
  });
}

interface Changed {
  next: Agreement;
  changes: Changes;
}

/** One change of one agreement: check, write and trace in one transaction. */
export async function changeAgreement(
  { work }: AgreementParts,
  { caller, at, requestId }: Asked,
  agreementId: string,
  { action, version, recorded }: { action: AgreementAction; version: number; recorded: string },
  make: (stored: Agreement, found: { stores: AgreementStores; scope: Scope }) => Changed | Promise<Changed>,
): Promise<AgreementDetail> {
  return work.write(async (stores) => {
    const { agreement, scope } = await getAgreement(stores, caller, agreementId, { lock: true });
    requireAgreementAction(action, stateOf(agreement, at));
    requireVersion(agreement, version);
    const { next: made, changes } = await make(agreement, { stores, scope });
    const next = { ...made, version: agreement.version + 1, changedAt: at.toISOString() };
    if (!(await stores.facilities.replaceAgreement(next, agreement.version)))
      throw new Failure('conflict', 'the agreement was changed meanwhile', { reason: 'version-outdated' });
    await record(stores, { caller, at, requestId }, recorded, next, changes);
    return toDetail(stores, next, scope, at);
  });
}

export async function record(
  { audit }: Pick<Stores, 'audit'>,
  asked: Asked,
  action: string,
  { agreementId }: Agreement,
  changes: Changes,
): Promise<void> {
  await recordAct(audit, asked, { action, subjectKind: 'agreement', subjectId: agreementId, detail: { changes } });
}

/** As the chain keeps it: of a text its length alone, which can be long and is saved while it is typed. */
function forChain(agreement: Agreement) {
  const draft = toDraft(agreement);
  return { ...draft, liabilityText: draft.liabilityText.length };
}

function requireComplete(agreement: Agreement, at: Date): void {
  const { from, to } = periodOf(agreement);
  const fields: string[] = [];
  if (agreement.services.length === 0) fields.push('services');
  if (to <= from || to <= at.toISOString()) fields.push('toDay');
  if (fields.length > 0)
    throw new Failure('conflict', 'the agreement is incomplete', { reason: 'agreement-incomplete', fields });
  if (agreement.signedCopy === null)
    throw new Failure('conflict', 'the signed copy is missing', {
      reason: 'signed-copy-missing',
      fields: ['signedCopy'],
    });
}

/** At any instant two facilities have one valid agreement in one direction. */
async function requireAlone({ facilities }: Pick<Stores, 'facilities'>, agreement: Agreement): Promise<void> {
  const others = await facilities.listAgreementsOf([agreement.invitingFacilityId]);
  const isSame = (one: Agreement) =>
    one.agreementId !== agreement.agreementId &&
    one.invitingFacilityId === agreement.invitingFacilityId &&
    one.invitedFacilityId === agreement.invitedFacilityId;
  if (others.some((one) => isSame(one) && isSigned(one) && overlap(periodOf(one), periodOf(agreement))))
    throw new Failure('conflict', 'another agreement is valid in these days', {
      reason: 'agreement-overlaps',
      fields: ['fromDay', 'toDay'],
    });
}

export async function requireBothActive(
  { facilities }: Pick<Stores, 'facilities'>,
  { invitingFacilityId, invitedFacilityId }: Pick<Agreement, 'invitingFacilityId' | 'invitedFacilityId'>,
): Promise<void> {
  const both = await facilities.findMany([invitingFacilityId, invitedFacilityId]);
  if (both.length < 2) throw new Failure('not-found', 'no such facility');
  if (both.some(({ status }) => status !== 'active'))
    throw new Failure('conflict', 'a facility is closed', { reason: 'facility-closed' });
}
