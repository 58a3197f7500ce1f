import { createHash, randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { findPeople, getPerson } from '../accounts/person.ts';
import { type Signer, unlockSigner } from '../accounts/signing.ts';
import type { SigningKey } from '../accounts/store.ts';
import { recordAct } from '../audit/record.ts';
import { type AnnounceParts, announce } from '../consultations/announce.ts';
import { getCaseAccess, getCaseFor } from '../consultations/case-access.ts';
import { acknowledged, type Consultation, issued } from '../consultations/consultation.ts';
import { recordRead } from '../consultations/read-use-cases.ts';
import { saveNext } from '../consultations/save.ts';
import {
  type AcknowledgeInput,
  Failure,
  type OpinionDraft,
  type PersonView,
  type ReportContent,
  type ReportView,
  type SignInput,
} from '../contract/index.ts';
import type { Stores } from '../stores.ts';
import { requireAdoptions, requireCompleteOpinion } from './opinion.ts';
import { opened, signed } from './report.ts';
import type { SignGuard } from './sign-guard.ts';
import type { StoredReport } from './store.ts';

export interface ReportParts extends AnnounceParts {
  signGuard: SignGuard;
}

/**
 * Signs the opinion that is saved at `version`: draft and report change places in one transaction.
 * @throws Failure forbidden / signature-password, rate-limited, conflict / version-outdated, invalid-message / draft-incomplete.
 */
export async function signReport(
  parts: ReportParts,
  asked: Asked,
  consultationId: string,
  { version, password }: SignInput,
): Promise<ReportView> {
  const { caller, at } = asked;
  await getCaseFor(parts.work.read, caller, consultationId, 'sign', { at });
  const key = await parts.work.read.accounts.findSigningKey(caller.accountId);
  if (!key) throw new Failure('forbidden', 'the account has no signing key', { reason: 'signature-password' });
  // Deriving the key is slow on purpose: before the transaction, not in it.
  const signer = await unlock(parts.signGuard, key, password);
  const report = await parts.work.write(async (stores) => {
    const { consultation } = await getCaseFor(stores, caller, consultationId, 'sign', { at, lock: true });
    const stored = await stores.reports.findOpinion(consultationId);
    if (!stored || stored.version !== version)
      throw new Failure('conflict', 'the opinion was saved in another version', { reason: 'version-outdated' });
    requireCompleteOpinion(stored.opinion);
    await requireKeyImages(stores, consultationId, stored.opinion);
    const content = await toContent(
      stores,
      consultation,
      stored.opinion,
      await getPerson(stores, caller.accountId),
      at,
    );
    const made = signed(content, signer);
    await stores.reports.insert(made);
    await stores.reports.deleteOpinion(consultationId);
    await saveNext(stores, issued(consultation, at));
    await recordAct(stores.audit, asked, {
      action: 'report:sign',
      subjectKind: 'report',
      subjectId: made.reportId,
      consultationId,
      detail: { contentSha256: sha256(made.canonical), publicKey: made.signature.publicKey },
    });
    return made;
  });
  await announce(parts, { consultationId, arrives: { except: caller.accountId } });
  return toReportView(parts.work.read, report);
}

export async function readReport(parts: ReportParts, asked: Asked, consultationId: string): Promise<ReportView> {
  const { read } = parts.work;
  await getCaseAccess(read, asked.caller, consultationId, asked.at);
  const report = await read.reports.findByConsultation(consultationId);
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
  { adoptions }: AcknowledgeInput,
): Promise<ReportView> {
  const { caller, at } = asked;
  const report = await parts.work.write(async (stores) => {
    const { consultation } = await getCaseFor(stores, caller, consultationId, 'acknowledge', { at, lock: true });
    const stored = await stores.reports.findByConsultation(consultationId);
    if (!stored) throw new Failure('not-found', 'the case has no report yet');
    const { content } = opened(stored, undefined);
    const answers = requireAdoptions(content.recommendations, adoptions);
    await stores.reports.insertAcknowledgement({
      reportId: stored.reportId,
      adoptions: answers,
      acknowledgedBy: caller.accountId,
      acknowledgedAt: at.toISOString(),
    });
    await saveNext(stores, acknowledged(consultation, at));
    await recordAct(stores.audit, asked, {
      action: 'report:acknowledge',
      subjectKind: 'report',
      subjectId: stored.reportId,
      consultationId,
      detail: { decisions: answers.map(({ recommendationId, decision }) => ({ recommendationId, decision })) },
    });
    return stored;
  });
  await announce(parts, { consultationId });
  return toReportView(parts.work.read, report);
}

/** @throws Failure forbidden / signature-password, rate-limited */
async function unlock(guard: SignGuard, key: SigningKey, password: string): Promise<Signer> {
  guard.attempt(key.accountId);
  const signer = await unlockSigner(key, password);
  guard.succeed(key.accountId);
  return signer;
}

/** A key image that the report names must be there: nobody signs a picture that cannot be shown. */
async function requireKeyImages(stores: Stores, consultationId: string, opinion: OpinionDraft): Promise<void> {
  const fields: string[] = [];
  for (const [index, { imageSha256 }] of opinion.keyImages.entries())
    if (!(await stores.reports.findKeyImage(consultationId, imageSha256)))
      fields.push(`keyImages.${index}.imageSha256`);
  if (fields.length > 0)
    throw new Failure('invalid-message', 'a key image was not received', { reason: 'draft-incomplete', fields });
}

/** The ID number stands masked on the report: with name, birth date and case number it tells whose it is, and gives nothing away. */
async function toContent(
  stores: Stores,
  consultation: Consultation,
  opinion: OpinionDraft,
  author: PersonView,
  at: Date,
): Promise<ReportContent> {
  const { patient } = consultation;
  return {
    reportId: randomUUID(),
    consultationId: consultation.consultationId,
    caseNumber: consultation.caseNumber,
    version: 1,
    ...formOf(consultation),
    patient: {
      name: patient.name,
      sex: patient.sex ?? 'unknown',
      birthDate: patient.birthDate,
      idNumber: patient.maskedIdNumber,
    },
    question: consultation.question,
    requester: await getPerson(stores, consultation.requesterId),
    author,
    ...opinion,
    signedAt: at.toISOString(),
  };
}

/** What happened, not what was asked for: a written case whose two sides have met after all was a video consultation. */
function formOf({ metAt, formChange }: Consultation): Pick<ReportContent, 'serviceForm' | 'formReason'> {
  if (metAt !== null) return { serviceForm: 'video' };
  return { serviceForm: 'written', ...(formChange && { formReason: formChange.reason }) };
}

async function toReportView(stores: Stores, report: StoredReport): Promise<ReportView> {
  const key = await stores.accounts.findSigningKey(report.authorId);
  const { content, signatureValid } = opened(report, key?.publicKey);
  const acknowledgement = await stores.reports.findAcknowledgement(report.reportId);
  const people = acknowledgement ? await findPeople(stores, [acknowledgement.acknowledgedBy]) : undefined;
  return {
    content,
    signature: report.signature,
    signatureValid,
    adoptions: acknowledgement?.adoptions ?? [],
    acknowledgedAt: acknowledgement?.acknowledgedAt ?? null,
    acknowledgedBy: (acknowledgement && people?.get(acknowledgement.acknowledgedBy)) ?? null,
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
