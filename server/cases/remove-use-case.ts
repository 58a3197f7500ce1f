import type { Asked } from '../access/asked.ts';
import { isActive } from '../access/grant.ts';
import { listRemovable } from '../access/may.ts';
import { findPeople } from '../accounts/person.ts';
import { recordAct } from '../audit/record.ts';
import { type ConsultationView, Failure } from '../contract/index.ts';
import { listActors, listFormerActors, placesOf } from './actors.ts';
import { announce } from './announce.ts';
import { getCaseFor } from './case-access.ts';
import type { Consultation } from './consultation.ts';
import type { ConsultationParts } from './parts.ts';
import { listParticipantIds, toConsultationView } from './view.ts';

/** Called once somebody's part in a case has ended: they are put out of its running call. */
export type RemoveFromCall = (one: { consultationId: string; accountId: string }) => Promise<void>;

export type RemovalParts = ConsultationParts & { removeFromCall: RemoveFromCall };

/**
 * Takes somebody who was invited out of the case again. With the commit every request of theirs is `not-found`; their windows leave the
 * review, the call and the ringing at once.
 * @throws Failure invalid-message / reason-missing; forbidden where the person is not the caller's to remove; not-found where they take no part.
 */
export async function removeParticipant(
  parts: RemovalParts,
  asked: Asked,
  { consultationId, accountId }: { consultationId: string; accountId: string },
  reason: string,
): Promise<ConsultationView> {
  if (reason === '')
    throw new Failure('invalid-message', 'a reason is needed', { reason: 'reason-missing', fields: ['reason'] });
  const { caller, at } = asked;
  const consultation = await parts.work.write(async (stores) => {
    const { consultation: stored } = await getCaseFor(stores, caller, consultationId, 'remove-participant', {
      at,
      lock: true,
    });
    const grants = await stores.consultations.listGrants(consultationId);
    const theirs = grants.filter((one) => one.accountId === accountId && isActive(one, at));
    if (theirs.length === 0) throw new Failure('not-found', 'takes no part in the case');
    const standing = { actor: caller, consultation: stored, grants, facts: { callActive: false }, at };
    if (!listRemovable(standing).includes(accountId)) throw new Failure('forbidden', 'not the caller’s to remove');
    await stores.consultations.endGrants(
      theirs.filter((one) => one.basis === 'invitation').map((one) => one.grantId),
      { at: at.toISOString(), endedAt: at.toISOString(), endedBy: caller.accountId, endReason: reason },
    );
    await recordAct(stores.audit, asked, {
      action: 'consultation:remove-participant',
      subjectKind: 'account',
      subjectId: accountId,
      consultationId,
    });
    return stored;
  });
  await parts.removeFromCall({ consultationId, accountId });
  await tell(parts, asked, consultation, { accountId, reason });
  return toConsultationView(parts, parts.work.read, consultation, caller, at);
}

async function tell(
  parts: RemovalParts,
  { caller, at }: Asked,
  { consultationId, caseNumber }: Consultation,
  { accountId, reason }: { accountId: string; reason: string },
): Promise<void> {
  const { read } = parts.work;
  const grants = await read.consultations.listGrants(consultationId);
  const isOut = !grants.some((one) => one.accountId === accountId && isActive(one, at));
  parts.notify.toAccounts([accountId], 'call:silenced', { consultationId });
  const places = await findPeople(read, [caller, ...placesOf(grants)]);
  const [person, by] = [places.get(accountId), places.get(caller.accountId)];
  if (!person || !by) throw new Error('a participant without an account');
  const participants = listParticipantIds(grants, at).filter((one) => one !== caller.accountId);
  const actors = (await listActors(read, grants, at)).filter((one) => participants.includes(one.accountId));
  const told = [...actors, ...(await listFormerActors(read, grants, { accountIds: [accountId], at }))];
  parts.notify.toAppointments(told, 'participant:removed', { consultationId, caseNumber, person, by, reason });
  await announce(parts, { consultationId, formerAccountIds: isOut ? [accountId] : [] });
}
