import type { OpinionDraft } from '../../server/contract/report.ts';

export type OpinionField = 'findings' | 'diagnosis' | 'recommendations' | 'keyImages';

/** What a signed opinion must have; the server checks the same (`draft-incomplete`). */
export function missingFields(opinion: OpinionDraft): ('findings' | 'diagnosis')[] {
  return [
    ...(opinion.findings.trim() === '' ? (['findings'] as const) : []),
    ...(opinion.diagnosis.length === 0 ? (['diagnosis'] as const) : []),
  ];
}

/** Lines that were added and never written are no recommendations. */
export function withoutBlanks(opinion: OpinionDraft): OpinionDraft {
  return { ...opinion, recommendations: opinion.recommendations.filter(({ text }) => text.trim() !== '') };
}
