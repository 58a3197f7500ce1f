import type { PractitionerData } from '../contract/index.ts';
import { chinaDate } from '../patients/china-date.ts';
import { listDemoFacilities } from './facilities.ts';
import { type DemoPerson, demoPeople } from './people.ts';

const DAY_MS = 24 * 3_600_000;
/** Long enough that the demo people practise as long as the demonstration is looked at. */
const LONG_DAYS = 5 * 365;
/** One runs out soon, so that the pages show it; no demo case needs that person. */
const SOON_DAYS = 26;

type Line = [licenceNumber: string, independentSince: string, days: number, specialties: string[]];

/** By login, of the main characters; every number is invented. */
const LINES: Record<string, Line> = {
  'county-doctor': ['110230125000101', '2014-08-01', LONG_DAYS, ['内科', '全科']],
  specialist: ['110230103000201', '2003-09-01', LONG_DAYS, ['放射科', '胸部影像']],
  'specialist-2': ['110230103000202', '2009-07-01', LONG_DAYS, ['呼吸与危重症医学科']],
  surgeon: ['110230103000203', '2001-07-01', SOON_DAYS, ['胸外科', '微创手术']],
};

const CLINICIANS: readonly string[] = ['physician', 'specialist', 'surgeon'];
/** Of these two the pages show what is wrong: nothing is on file, and a licence that has run out. */
const UNRECORDED = 'gaowa';
const RUN_OUT = 'han.lei';
const RUN_OUT_DAYS = -12;

/** The licence of a demo person; undefined: whoever needs none, or has none on file. */
export function demoLicence(person: DemoPerson, now: Date): PractitionerData | undefined {
  const line = person.isMain ? LINES[person.login] : lineOf(person);
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

/** Region and place in the list make the number, so that it is the same in every demo network. */
function lineOf({ login, role, specialty, facilityId }: DemoPerson): Line | undefined {
  if (!CLINICIANS.includes(role) || specialty === null || login === UNRECORDED) return undefined;
  const place = demoPeople.findIndex((one) => one.login === login);
  const region6 = listDemoFacilities().find((one) => one.facilityId === facilityId)?.region6;
  const number = `110${region6}${String(place).padStart(6, '0')}`;
  return [number, `${2000 + (place % 18)}-07-01`, login === RUN_OUT ? RUN_OUT_DAYS : LONG_DAYS, [specialty]];
}
