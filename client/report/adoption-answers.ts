import type { Adoption, AdoptionDecision, Recommendation } from '../../server/contract/report.ts';

/** An answer while it is being given. */
export interface Answer {
  decision: AdoptionDecision | null;
  reason: string;
}

export type AnswerProblem = 'decision' | 'reason';

/** Every recommendation is answered, and whatever is not simply adopted says why; the server checks the same. */
export function problemOfAnswer({ decision, reason }: Answer): AnswerProblem | undefined {
  if (decision === null) return 'decision';
  return decision !== 'adopted' && reason.trim() === '' ? 'reason' : undefined;
}

export const NO_ANSWER: Answer = { decision: null, reason: '' };

export function adoptionsOf(recommendations: Recommendation[], answers: ReadonlyMap<string, Answer>): Adoption[] {
  return recommendations.flatMap(({ recommendationId }) => {
    const { decision, reason } = answers.get(recommendationId) ?? NO_ANSWER;
    return decision === null ? [] : [{ recommendationId, decision, reason: reason.trim() }];
  });
}
