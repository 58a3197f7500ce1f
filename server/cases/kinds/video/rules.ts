import { arrows, consultationActs, meet, signing } from '../consultation/acts.ts';
import { consultationAdmits } from '../consultation/admits.ts';
import { consultationStates } from '../consultation/states.ts';
import type { KindRules } from '../kind.ts';

/** 视频会诊: the two sides meet in a call before the report is signed. */
export const video: KindRules = {
  states: consultationStates,
  acts: {
    ...consultationActs,
    sign: signing(['in-consultation']),
    /** Nobody can meet, or nobody need: the requester gives the meeting up, or the specialist says why there is none. */
    'answer-in-writing': {
      who: { requester: ['accepted'], specialist: ['accepted'] },
      step: {
        recorded: 'consultation:answer-in-writing',
        arrows: arrows(['accepted'], 'accepted', { becomes: 'written', told: 'answered-in-writing' }),
      },
    },
  },
  meet,
  meeting: 'needed',
  admits: consultationAdmits,
};
