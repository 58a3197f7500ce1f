import type { ResponseTimes } from './agreement.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

/**
 * How soon a case is accepted and answered where an agreement says nothing, in minutes. Emergency: ten minutes by analogy with the
 * rule for consultations inside a hospital (医疗质量安全核心制度要点, 2018), the expert on line within thirty. Urgent and routine: as
 * published by providers, 2 h and 48 h, 24 h and seven working days, of which the calendar has nine.
 */
export const RESPONSE_DEFAULTS = {
  emergency: { acceptMin: 10, answerMin: 30 },
  urgent: { acceptMin: 2 * HOUR, answerMin: 2 * DAY },
  routine: { acceptMin: DAY, answerMin: 9 * DAY },
} as const satisfies ResponseTimes;

/** What holds for a case: what was agreed, and the usual where nothing was. */
export function effectiveTimes(agreed: ResponseTimes): ResponseTimes {
  const of = (urgency: keyof ResponseTimes) => ({
    acceptMin: agreed[urgency].acceptMin ?? RESPONSE_DEFAULTS[urgency].acceptMin,
    answerMin: agreed[urgency].answerMin ?? RESPONSE_DEFAULTS[urgency].answerMin,
  });
  return { emergency: of('emergency'), urgent: of('urgent'), routine: of('routine') };
}
