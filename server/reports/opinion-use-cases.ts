import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { getCaseFor } from '../cases/case-access.ts';
import { Failure, type OpinionDraftInput, type OpinionDraftView } from '../contract/index.ts';
import type { Work } from '../store/stores.ts';
import { EMPTY_OPINION } from './opinion.ts';

export interface OpinionParts {
  work: Work<'audit' | 'calls' | 'consultations' | 'reports'>;
}

export async function readOpinion(
  { work }: OpinionParts,
  { caller, at }: Asked,
  consultationId: string,
): Promise<OpinionDraftView> {
  await getCaseFor(work.read, caller, consultationId, 'write-opinion', { at });
  const stored = await work.read.reports.findOpinion(consultationId);
  return stored
    ? { ...stored.opinion, version: stored.version, savedAt: stored.savedAt }
    : { ...EMPTY_OPINION, version: 0, savedAt: null };
}

/** @throws Failure conflict / version-outdated, conflict / report-signed */
export async function saveOpinion(
  { work }: OpinionParts,
  asked: Asked,
  consultationId: string,
  { version, ...opinion }: OpinionDraftInput,
): Promise<OpinionDraftView> {
  const { caller, at } = asked;
  const savedAt = at.toISOString();
  const next = version + 1;
  await work.write(async (stores) => {
    await getCaseFor(stores, caller, consultationId, 'write-opinion', { at, lock: true });
    const isSaved = await stores.reports.saveOpinion(
      { consultationId, version: next, opinion, authorId: caller.accountId, savedAt },
      version,
    );
    if (!isSaved)
      throw new Failure('conflict', 'the opinion was saved in another window', { reason: 'version-outdated' });
    await recordAct(stores.audit, asked, {
      action: 'opinion:save',
      subjectKind: 'opinion',
      subjectId: consultationId,
      consultationId,
      detail: { version: next },
    });
  });
  return { ...opinion, version: next, savedAt };
}
