import { type Adoption, Failure, type OpinionDraft, type Recommendation } from '../contract/index.ts';

export const EMPTY_OPINION: OpinionDraft = { findings: '', diagnosis: [], recommendations: [], keyImages: [] };

/** @throws Failure invalid-message / draft-incomplete with `fields` where something is missing that a signed opinion needs. */
export function requireCompleteOpinion(opinion: OpinionDraft): void {
  const fields: string[] = [];
  if (opinion.findings.trim() === '') fields.push('findings');
  if (opinion.diagnosis.length === 0) fields.push('diagnosis');
  opinion.recommendations.forEach((one, index) => {
    if (one.text.trim() === '') fields.push(`recommendations.${index}.text`);
  });
  if (hasDuplicates(opinion.recommendations.map((one) => one.recommendationId))) fields.push('recommendations');
  if (fields.length > 0)
    throw new Failure('invalid-message', 'the opinion is incomplete', { reason: 'draft-incomplete', fields });
}

/**
 * Every recommendation is answered once, and whatever is not simply adopted says why.
 * @returns the answers in the order of the recommendations.
 * @throws Failure invalid-message / adoption-incomplete with `fields` (`adoptions.<index of the recommendation>`).
 */
export function requireAdoptions(
  recommendations: readonly Recommendation[],
  adoptions: readonly Adoption[],
): Adoption[] {
  const fields: string[] = [];
  const ordered = recommendations.flatMap(({ recommendationId }, index) => {
    const answers = adoptions.filter((one) => one.recommendationId === recommendationId);
    const [answer] = answers;
    if (!answer || answers.length > 1) fields.push(`adoptions.${index}`);
    else if (answer.decision !== 'adopted' && answer.reason.trim() === '') fields.push(`adoptions.${index}.reason`);
    return answer ? [answer] : [];
  });
  if (adoptions.some((one) => recommendations.every((other) => other.recommendationId !== one.recommendationId)))
    fields.push('adoptions');
  if (fields.length > 0)
    throw new Failure('invalid-message', 'not every recommendation is answered', {
      reason: 'adoption-incomplete',
      fields,
    });
  return ordered;
}

function hasDuplicates(values: string[]): boolean {
  return new Set(values).size < values.length;
}
