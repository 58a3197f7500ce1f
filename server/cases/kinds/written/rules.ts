import { consultationActs, meet, signing } from '../consultation/acts.ts';
import { consultationAdmits } from '../consultation/admits.ts';
import { consultationStates, OPEN } from '../consultation/states.ts';
import type { KindRules } from '../kind.ts';

/** 图文会诊: signed from the record alone. Who meets all the same has a video consultation, and the report says so. */
export const written: KindRules = {
  states: consultationStates,
  acts: {
    ...consultationActs,
    sign: signing(OPEN),
    'answer-in-writing': { who: { requester: [], specialist: [] } },
  },
  meet,
  meeting: 'possible',
  admits: consultationAdmits,
};
