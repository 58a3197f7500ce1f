import type { Asked } from '../access/asked.ts';
import { requireFreshFactor } from '../accounts/factor-policy.ts';
import { getPerson } from '../accounts/person.ts';
import { openSigner } from '../accounts/signing-keys.ts';
import { recordAct } from '../audit/record.ts';
import { type AnnounceParts, announce } from '../cases/announce.ts';
import { getCaseAccess, getCaseFor } from '../cases/case-access.ts';
import { type ClosingParts, closeAccess } from '../cases/closing.ts';
import { acknowledged, issued } from '../cases/consultation.ts';
import { findArrow, stepOf } from '../cases/kinds/case-kinds.ts';
import { orHandOver } from '../cases/left-cases.ts';
import { recordRead } from '../cases/read-use-cases.ts';
import { saveNext } from '../cases/save.ts';
import {
  type AcknowledgeInput,
  Failure,
  type OpinionDraft,
  type ReportView,
  type SignInput,
} from '../contract/index.ts';
import type { Stores, Work } from '../store/stores.ts';
import { contentSha256, toContent } from './content.ts';
import { requireAdoptions, requireCompleteOpinion } from './opinion.ts';
import { opened, signed } from './report.ts';
import { toReportView } from './view.ts';

export interface ReportParts extends AnnounceParts, ClosingParts {
  work: Work<
    | 'accounts'
    | 'attempts'
    | 'audit'
    | 'calls'
    | 'consents'
    | 'consultations'
    | 'facilities'
    | 'notices'
    | 'practitioners'
    | 'policies'
    | 'reports'
    | 'secondFactors'
  >;
}

/**
 * Signs the opinion that is saved at `version`: draft and report change places in one transaction.
 * An amendment becomes the next version; the signed one before it stays as it is.
 * @throws Failure forbidden / signature-password, rate-limited, conflict / version-outdated, invalid-message / draft-incomplete; as
 * `requireFreshFactor`; forbidden / licence-expired, licence-upcoming: then the case has gone to the duty pool.
 */
export async function signReport(
  parts: ReportParts,
  asked: Asked,
  consultationId: string,
  { version, password }: SignInput,
): Promise<ReportView> {
  const { caller, at } = asked;
  await orHandOver(parts, asked, consultationId, () =>
    getCaseFor(parts.work.read, caller, consultationId, 'sign', { at }),
  );
  await requireFreshFactor(parts.work.read, asked);
  // Deriving the key is slow on purpose: before the transaction, not in it.
  const signer = await openSigner(parts.work, asked, password);
  const { report, told } = await parts.work.write(async (stores) => {
    const { consultation } = await getCaseFor(stores, caller, consultationId, 'sign', { at, lock: true });
    const stored = await stores.reports.findOpinion(consultationId);
    if (!stored || stored.version !== version)
      throw new Failure('conflict', 'the opinion was saved in another version', { reason: 'version-outdated' });
    requireCompleteOpinion(stored.opinion);
    await requireKeyImages(stores, consultationId, stored.opinion);
    const predecessor = await stores.reports.findValid(consultationId);
    const author = await getPerson(stores, caller);
    const content = await toContent(stores, consultation, stored.opinion, { author, predecessor, at });
    const made = signed(content, { signer, opinionVersion: version });
    await stores.reports.insert(made);
    await stores.reports.deleteOpinion(consultationId);
    await saveNext(stores, issued(consultation, at));
    await recordAct(stores.audit, asked, {
      action: stepOf(consultation, 'sign').recorded,
      subjectKind: 'report',
      subjectId: made.reportId,
      consultationId,
      detail: {
        version: made.version,
        contentSha256: contentSha256(made),
        predecessorSha256: content.amendment?.predecessor.contentSha256 ?? null,
        publicKey: made.signature.publicKey,
      },
    });
    return { report: made, told: findArrow(consultation, 'sign')?.told };
  });
  await announce(parts, {
    consultationId,
    arrives: { except: caller.accountId },
    ...(told && { happened: { kind: told, by: caller.accountId } }),
  });
  return toReportView(parts.work.read, report);
}

/** @param version of the report; undefined: the valid one. */
export async function readReport(
  parts: ReportParts,
  asked: Asked,
  consultationId: string,
  version: number | undefined,
): Promise<ReportView> {
  const { read } = parts.work;
  await getCaseAccess(read, asked.caller, consultationId, asked.at);
  const reports = await read.reports.listByConsultation(consultationId);
  const report = version === undefined ? reports.at(-1) : reports.find((one) => one.version === version);
  if (!report) throw new Failure('not-found', 'the case has no report yet');
  const { basis } = await getCaseFor(read, asked.caller, consultationId, 'read-report', { at: asked.at });
  await parts.work.write((stores) =>
    recordRead(stores, asked, { basis, subjectKind: 'report', subjectId: report.reportId, consultationId }),
  );
  return toReportView(read, report);
}

/** The requester has read it and says what will be done with each recommendation. */
export async function acknowledgeReport(
  parts: ReportParts,
  asked: Asked,
  consultationId: string,
  { version, adoptions }: AcknowledgeInput,
): Promise<ReportView> {
  const { caller, at } = asked;
  const report = await parts.work.write(async (stores) => {
    const { consultation } = await getCaseFor(stores, caller, consultationId, 'acknowledge', { at, lock: true });
    const stored = await stores.reports.findValid(consultationId);
    if (!stored) throw new Failure('not-found', 'the case has no report yet');
    if (stored.version !== version)
      throw new Failure('conflict', `version ${stored.version} is valid, ${version} was read`, {
        reason: 'version-outdated',
      });
    const { content } = opened(stored, undefined);
    const answers = requireAdoptions(content.recommendations, adoptions);
    await stores.reports.insertAcknowledgement({
      reportId: stored.reportId,
      adoptions: answers,
      acknowledgedBy: caller.accountId,
      acknowledgedAt: at.toISOString(),
    });
    await saveNext(stores, acknowledged(consultation, at));
    // While it is being amended the case is not closed: the amended report will be acknowledged too.
    if (!consultation.amendment) await closeAccess(stores, consultationId, at, parts);
    await recordAct(stores.audit, asked, {
      action: stepOf(consultation, 'acknowledge').recorded,
      subjectKind: 'report',
      subjectId: stored.reportId,
      consultationId,
      detail: {
        version,
        decisions: answers.map(({ recommendationId, decision }) => ({ recommendationId, decision })),
      },
    });
    return stored;
  });
  await announce(parts, { consultationId, happened: { kind: 'acknowledged', by: caller.accountId } });
  return toReportView(parts.work.read, report);
}

/** A key image that the report names must be there: nobody signs a picture that cannot be shown. */
async function requireKeyImages(
  stores: Pick<Stores, 'reports'>,
  consultationId: string,
  opinion: OpinionDraft,
): Promise<void> {
  const fields: string[] = [];
  for (const [index, { imageSha256 }] of opinion.keyImages.entries())
    if (!(await stores.reports.findKeyImage(consultationId, imageSha256)))
      fields.push(`keyImages.${index}.imageSha256`);
  if (fields.length > 0)
    throw new Failure('invalid-message', 'a key image was not received', { reason: 'draft-incomplete', fields });
}
