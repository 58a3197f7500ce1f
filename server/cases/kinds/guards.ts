import type { CaseKind, ConsultationState } from '../../contract/index.ts';

/** What the rules read of a case. */
export interface RuledCase {
  kind: CaseKind;
  state: ConsultationState;
  requesterFacilityId: string;
  specialistId: string | null;
  issuedAt: string | null;
  amendment: object | null;
}

/** What else decides, beside the case itself. */
export interface CaseFacts {
  callActive: boolean;
}

/** What rules may ask beside standing and state, each by its name. */
const GUARDS = {
  'call-on': (_: RuledCase, { callActive }: CaseFacts) => callActive,
  'call-off': (_: RuledCase, { callActive }: CaseFacts) => !callActive,
  taken: ({ specialistId }: RuledCase) => specialistId !== null,
  untaken: ({ specialistId }: RuledCase) => specialistId === null,
  amending: ({ amendment }: RuledCase) => amendment !== null,
  'not-amending': ({ amendment }: RuledCase) => amendment === null,
  /** A signed report is written on only as an amendment of it. */
  'unsigned-or-amending': ({ issuedAt, amendment }: RuledCase) => issuedAt === null || amendment !== null,
};
export type Guard = keyof typeof GUARDS;

/** Arrows hang on the case alone: no fact decides where a case goes. */
const NO_FACTS: CaseFacts = { callActive: false };

export function holds(guard: Guard | undefined, consultation: RuledCase, facts: CaseFacts = NO_FACTS): boolean {
  return guard === undefined || GUARDS[guard](consultation, facts);
}
