import { createHash, randomUUID } from 'node:crypto';
import { getPerson } from '../accounts/person.ts';
import type { Consultation } from '../cases/consultation.ts';
import { asSent } from '../cases/parties.ts';
import type { OpinionDraft, PersonView, ReportContent } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import type { StoredReport } from './store.ts';

/** Names the exact bytes that were signed. */
export const contentSha256 = ({ canonical }: Pick<StoredReport, 'canonical'>): string =>
  createHash('sha256').update(canonical).digest('hex');

/** The ID number stands masked on the report: with name, birth date and case number it tells whose it is, and gives nothing away. */
export async function toContent(
  stores: Pick<Stores, 'accounts' | 'facilities'>,
  consultation: Consultation,
  opinion: OpinionDraft,
  { author, predecessor, at }: { author: PersonView; predecessor: StoredReport | undefined; at: Date },
): Promise<ReportContent> {
  const { patient, amendment, requesterId, requesterFacilityId } = consultation;
  const requester = { accountId: requesterId, facilityId: requesterFacilityId };
  const { guardian } = patient;
  const estimatedAgeYears = patient.birthDate === '' ? patient.papers?.estimatedAgeYears : undefined;
  return {
    reportId: randomUUID(),
    consultationId: consultation.consultationId,
    caseNumber: consultation.caseNumber,
    version: (predecessor?.version ?? 0) + 1,
    ...formOf(consultation),
    patient: {
      name: patient.name,
      sex: patient.sex ?? 'unknown',
      birthDate: patient.birthDate,
      idNumber: patient.maskedIdNumber,
      ...(estimatedAgeYears != null && { estimatedAgeYears }),
      ...(guardian?.relation && { guardian: { name: guardian.name, relation: guardian.relation } }),
    },
    question: consultation.question,
    requester: asSent(consultation, await getPerson(stores, requester)),
    author: asSent(consultation, author),
    ...opinion,
    signedAt: at.toISOString(),
    ...(amendment && predecessor && { amendment: { ...amendment, predecessor: named(predecessor) } }),
  };
}

/** What happened, not what was asked for: a written case whose two sides have met after all was a video consultation. */
function formOf({ metAt, kindChange }: Consultation): Pick<ReportContent, 'serviceForm' | 'formReason'> {
  if (metAt !== null) return { serviceForm: 'video' };
  return { serviceForm: 'written', ...(kindChange && { formReason: kindChange.reason }) };
}

/** What a later version says of the one that it takes the place of. */
function named(report: StoredReport): NonNullable<ReportContent['amendment']>['predecessor'] {
  const { reportId, version, signedAt } = report;
  return { reportId, version, signedAt, contentSha256: contentSha256(report) };
}
