import type { OpinionDraft } from '../../server/contract/report.ts';
import { diagnosisText } from '../consultation-form/diagnosis-text.ts';
import type { OpinionField } from './opinion-problems.ts';

/** A field's value in words, for comparing two versions of it. */
export function readOpinionField(opinion: OpinionDraft, field: OpinionField): string {
  switch (field) {
    case 'findings':
      return opinion.findings;
    case 'diagnosis':
      return opinion.diagnosis.map(diagnosisText).join('\n');
    case 'recommendations':
      return opinion.recommendations.map(({ text }, index) => `${index + 1}. ${text}`).join('\n');
    case 'keyImages':
      return opinion.keyImages.map(({ caption }, index) => `${index + 1}. ${caption}`).join('\n');
  }
}
