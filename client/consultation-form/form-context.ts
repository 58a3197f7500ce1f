import { createContext, useContext } from 'react';
import type { ConsultationDraft } from '../../server/contract/consultation.ts';
import type { FieldPath } from './draft.ts';
import type { Gap, Problem } from './gaps.ts';

/** What every field of the form needs: the draft, how to change it, and which problems to show beside it. */
export interface Form {
  draft: ConsultationDraft;
  change(part: Partial<ConsultationDraft>): void;
  gaps: Gap[];
  /** Once submitting was tried, everything missing is marked; before that only what was typed wrong and left. */
  attempted: boolean;
  touched: ReadonlySet<FieldPath>;
  touch(field: FieldPath): void;
}

export const FormContext = createContext<Form | null>(null);

export function useForm(): Form {
  const form = useContext(FormContext);
  if (!form) throw new Error('useForm outside of the form');
  return form;
}

const ONLY_WHEN_ATTEMPTED: readonly Problem[] = [
  'missing',
  'choose',
  'diagnosis-missing',
  'absence-missing',
  'absence-note-missing',
  'consent-not-given',
  'consent-name-missing',
  'consent-scope-missing',
  'consent-reason-missing',
  'consent-relation-missing',
  'consent-evidence-missing',
  'guardian-missing',
  'guardian-name-missing',
  'guardian-relation-missing',
];
/** Shown while typing: two fields contradict each other, and the person may be looking at the other one. */
const AT_ONCE: readonly Problem[] = ['birth-date-conflict', 'sex-conflict'];

export function useProblem(field: FieldPath): Problem | undefined {
  const { gaps, attempted, touched } = useForm();
  const problem = gaps.find((gap) => gap.field === field)?.problem;
  if (!problem || attempted || AT_ONCE.includes(problem)) return problem;
  return touched.has(field) && !ONLY_WHEN_ATTEMPTED.includes(problem) ? problem : undefined;
}

/** The element that gets the focus when somebody jumps to the field. */
export function fieldId(field: FieldPath): string {
  return `field-${field.replace('.', '-')}`;
}

export function focusField(field: FieldPath): void {
  const element = document.getElementById(fieldId(field));
  element?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  element?.focus({ preventScroll: true });
}
