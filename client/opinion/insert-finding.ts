import { changeOpinion } from './change-opinion.ts';

/** As long as the findings may be. */
const MAX_LENGTH = 20_000;

/** Puts a sentence at the end of the findings, on a line of its own. */
export async function insertFinding(consultationId: string, sentence: string): Promise<void> {
  await changeOpinion(consultationId, (opinion) => ({
    ...opinion,
    findings: withSentence(opinion.findings, sentence),
  }));
}

/** The same text where it would become too long. */
export function withSentence(findings: string, sentence: string): string {
  const start = findings === '' || findings.endsWith('\n') ? findings : `${findings}\n`;
  const next = `${start}${sentence}`;
  return next.length > MAX_LENGTH ? findings : next;
}
