import { FacilityDraft } from '../../server/contract/facility.ts';

const FIELDS = ['name', 'region6', 'orgCode22', 'uscc18', 'departments'] as const;
export type ProblemField = (typeof FIELDS)[number];

/** The fields that the server would refuse: the contract's schema says which. */
export function facilityProblems(draft: FacilityDraft): ProblemField[] {
  const checked = FacilityDraft.safeParse(draft);
  if (checked.success) return [];
  const wrong = new Set(checked.error.issues.map(({ path }) => path[0]));
  return FIELDS.filter((field) => wrong.has(field));
}
