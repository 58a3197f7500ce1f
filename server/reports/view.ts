import { findPeople } from '../accounts/person.ts';
import type { ReportVersion, ReportView } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import { opened } from './report.ts';
import type { StoredReport } from './store.ts';

/** The report as it is read, with all versions of the case beside it. */
export async function toReportView(
  stores: Pick<Stores, 'accounts' | 'facilities' | 'reports'>,
  report: StoredReport,
): Promise<ReportView> {
  const keys = await stores.accounts.listPublicKeys(report.authorId);
  const registered = keys.find((key) => key === report.signature.publicKey);
  const { content, signatureValid } = opened(report, registered);
  const acknowledgement = await stores.reports.findAcknowledgement(report.reportId);
  const people = acknowledgement ? await findPeople(stores, [acknowledgement.acknowledgedBy]) : undefined;
  return {
    content,
    signature: report.signature,
    signatureValid,
    versions: (await stores.reports.listByConsultation(report.consultationId)).map(toVersion),
    adoptions: acknowledgement?.adoptions ?? [],
    acknowledgedAt: acknowledgement?.acknowledgedAt ?? null,
    acknowledgedBy: (acknowledgement && people?.get(acknowledgement.acknowledgedBy)) ?? null,
  };
}

function toVersion(report: StoredReport): ReportVersion {
  const { reportId, version, signedAt } = report;
  const { amendment } = opened(report, undefined).content;
  return {
    reportId,
    version,
    signedAt,
    amendment: amendment ? { kind: amendment.kind, reason: amendment.reason } : null,
  };
}
