import type { PractitionerData } from '../contract/index.ts';
import { chinaDate } from '../patients/china-date.ts';

const DAY_MS = 24 * 3_600_000;
/** Long enough that the demo people practise as long as the demonstration is looked at. */
const LONG_DAYS = 5 * 365;
/** One runs out soon, so that the pages show it; no demo case needs that person. */
const SOON_DAYS = 26;

type Line = [licenceNumber: string, independentSince: string, days: number, specialties: string[]];

/** By login; every number is invented. */
const LINES: Record<string, Line> = {
  'county-doctor': ['110230125000101', '2014-08-01', LONG_DAYS, ['内科', '全科']],
  specialist: ['110230103000201', '2003-09-01', LONG_DAYS, ['放射科', '胸部影像']],
  'specialist-2': ['110230103000202', '2009-07-01', LONG_DAYS, ['呼吸与危重症医学科']],
  surgeon: ['110230103000203', '2001-07-01', SOON_DAYS, ['胸外科', '微创手术']],
};

/** The licence of a demo person; undefined: whoever needs none. */
export function demoLicence(login: string, now: Date): PractitionerData | undefined {
  const line = LINES[login];
  if (!line) return undefined;
  const [licenceNumber, independentSince, days, specialties] = line;
  return {
    licenceNumber,
    category: 'clinical',
    grade: 'full',
    validFrom: independentSince,
    validTo: chinaDate(new Date(now.getTime() + days * DAY_MS)),
    independentSince,
    specialties,
  };
}
