import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { announce } from '../cases/announce.ts';
import { getCaseFor } from '../cases/case-access.ts';
import { closeAccess, reopenAccess } from '../cases/closing.ts';
import { amending, amendmentWithdrawn, requireVersion } from '../cases/consultation.ts';
import { stateRulesOf, stepOf } from '../cases/kinds/case-kinds.ts';
import { saveNext } from '../cases/save.ts';
import { type AmendInput, Failure, type OpinionDraftView } from '../contract/index.ts';
import { opened } from './report.ts';
import type { ReportParts } from './report-use-cases.ts';

/**
 * Opens the opinion once more, filled with what the valid report says. That report stays valid, and everybody is told that it is being
 * amended and why, until the amended one is signed or the amendment is withdrawn.
 * @throws Failure invalid-message / reason-missing, conflict / version-outdated or state-not-allowed: of two who begin at once one does.
 */
export async function beginAmendment(
  parts: ReportParts,
  asked: Asked,
  consultationId: string,
  { version, kind, reason }: AmendInput,
): Promise<OpinionDraftView> {
  if (reason === '')
    throw new Failure('invalid-message', 'a reason is needed', { reason: 'reason-missing', fields: ['reason'] });
  const { caller, at } = asked;
  const savedAt = at.toISOString();
  const draft = await parts.work.write(async (stores) => {
    const { consultation } = await getCaseFor(stores, caller, consultationId, 'amend-report', { at, lock: true });
    requireVersion(consultation, version);
    const valid = await stores.reports.findValid(consultationId);
    if (!valid) throw new Failure('not-found', 'the case has no report yet');
    const { findings, diagnosis, recommendations, keyImages } = opened(valid, undefined).content;
    const opinion = { findings, diagnosis, recommendations, keyImages };
    // A window that still holds an older opinion must not take this one for it.
    const opinionVersion = valid.opinionVersion + 1;
    await stores.reports.insertOpinion({
      consultationId,
      version: opinionVersion,
      opinion,
      authorId: caller.accountId,
      savedAt,
    });
    await saveNext(stores, amending(consultation, { kind, reason }, at));
    await reopenAccess(stores, consultationId, at);
    await recordAct(stores.audit, asked, {
      action: stepOf(consultation, 'amend-report').recorded,
      subjectKind: 'report',
      subjectId: valid.reportId,
      consultationId,
      detail: { version: valid.version, kind },
    });
    return { ...opinion, version: opinionVersion, savedAt };
  });
  await announce(parts, { consultationId, happened: { kind: 'amendment-begun', by: caller.accountId } });
  return draft;
}

/** Nothing is amended after all; what was written for it is gone. */
export async function withdrawAmendment(parts: ReportParts, asked: Asked, consultationId: string): Promise<void> {
  const { caller, at } = asked;
  await parts.work.write(async (stores) => {
    const { consultation } = await getCaseFor(stores, caller, consultationId, 'withdraw-amendment', { at, lock: true });
    await stores.reports.deleteOpinion(consultationId);
    await saveNext(stores, amendmentWithdrawn(consultation, at));
    if (stateRulesOf(consultation).isClosed) await closeAccess(stores, consultationId, at, parts);
    await recordAct(stores.audit, asked, {
      action: stepOf(consultation, 'withdraw-amendment').recorded,
      subjectKind: 'consultation',
      subjectId: consultationId,
      consultationId,
    });
  });
  await announce(parts, { consultationId, happened: { kind: 'amendment-withdrawn', by: caller.accountId } });
}
