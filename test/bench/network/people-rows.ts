import { createHash } from 'node:crypto';
import { GENESIS_HASH, hashEntry } from '../../../server/audit/chain.ts';
import type { FacilityTier, Role } from '../../../server/contract/index.ts';
import { isPractising } from '../../../server/licences/licence.ts';
import type { Cell, TableRows } from './bulk-load.ts';
import { placeAt } from './facility-rows.ts';
import { namedAt } from './names.ts';
import { AT, belowOf, facilityCount, idOf, type Size } from './size.ts';

/** How many work at a facility, beside each other. */
const WEIGHTS: Record<FacilityTier, number> = { province: 3000, city: 1500, county: 500, township: 50, village: 5 };
/** Of each facility an administrator, a coordinator and a physician at least. */
const FEWEST = 3;
const PLATFORM: Role[] = ['admin', 'security-admin', 'auditor'];
const LICENCE_DAYS = ['2020-01-01', '2045-12-31'];
const FIRST_NAME = 1_000_000_000;
/** One of so many has a second appointment, is signed in, has left. */
const [APPOINTED_TWICE, SIGNED_IN, LEFT] = [50, 10, 20];

export interface Staff {
  /** Index of the first person of each facility; those of the next begin where these end. */
  starts: number[];
  total: number;
}

/** Who works where. The platform's three administrators are the last, at the first hub. */
export function staffOf(size: Size): Staff {
  const weights = Array.from({ length: facilityCount(size) }, (_, index) => WEIGHTS[placeAt(size, index).tier]);
  const share = size.people / weights.reduce((sum, one) => sum + one, 0);
  const starts = [0];
  for (const weight of weights) starts.push((starts.at(-1) ?? 0) + Math.max(FEWEST, Math.round(weight * share)));
  return { starts, total: (starts.at(-1) ?? 0) + PLATFORM.length };
}

export const personAt = ({ starts }: Staff, facility: number, place: number): number => (starts[facility] ?? 0) + place;
export const platformAt = ({ total }: Staff, role: 'admin' | 'security-admin' | 'auditor'): number =>
  total - PLATFORM.length + PLATFORM.indexOf(role);
export const loginOf = (person: number): string => `p${String(person).padStart(7, '0')}`;
/** In their place at their facility: how many physicians or specialists it has, from place 2 on. */
export const clinicianCount = ({ starts }: Staff, facility: number): number =>
  (starts[facility + 1] ?? 0) - (starts[facility] ?? 0) - 2;

function roleAt(tier: FacilityTier, place: number): Role {
  if (place < 2) return place === 0 ? 'facility-admin' : 'coordinator';
  return tier === 'province' || tier === 'city' ? 'specialist' : 'physician';
}

function* eachPerson(size: Size, staff: Staff): Generator<{ person: number; facility: number; role: Role }> {
  for (let facility = 0; facility < staff.starts.length - 1; facility += 1) {
    const { tier } = placeAt(size, facility);
    const [from = 0, to = 0] = staff.starts.slice(facility);
    for (let person = from; person < to; person += 1) yield { person, facility, role: roleAt(tier, person - from) };
  }
  for (const role of ['admin', 'security-admin', 'auditor'] as const)
    yield { person: platformAt(staff, role), facility: 0, role };
}

const hasLeft = (person: number, role: Role): boolean => person % LEFT === LEFT - 1 && role === 'physician';

/** @param passwordHash of one password for all: what is measured is no hashing. */
export function accountRows(size: Size, staff: Staff, passwordHash: string): TableRows {
  const columns = [
    ...['accountId', 'login', 'name', 'title', 'role', 'specialty', 'facilityId', 'isActive', 'passwordHash'],
    ...['signedInAt', 'disabledAt', 'disabledReason', 'sortKey'],
    ...['licenceFrom', 'licenceTo'],
  ];
  function* rows(): Generator<Cell[]> {
    for (const { person, facility, role } of eachPerson(size, staff)) {
      const { name, pinyin, initials } = namedAt(FIRST_NAME + person);
      const isGone = hasLeft(person, role);
      const specialty = role === 'specialist' ? '心内科' : null;
      const isInvited = person % LEFT === LEFT - 2 && role === 'physician';
      yield [
        ...[idOf('account', person), loginOf(person), name, '主治医师', role, specialty, idOf('facility', facility)],
        ...[isGone ? 0 : 1, isInvited ? '' : passwordHash, isInvited ? null : signedInAt(person)],
        ...[isGone ? AT : null, isGone ? '离职' : null, `${pinyin} ${initials}`],
        ...(isPractising({ role }) ? LICENCE_DAYS : [null, null]),
      ];
    }
  }
  return { table: 'account', columns, rows: rows() };
}

const signedInAt = (person: number): string => new Date(Date.parse(AT) - belowOf(1e10, person, 5)).toISOString();

export function appointmentRows(size: Size, staff: Staff): TableRows {
  const columns = ['appointmentId', 'accountId', 'facilityId', 'role', 'title', 'fromDay', 'toDay', 'revision'];
  function* rows(): Generator<Cell[]> {
    const facilities = facilityCount(size);
    for (const { person, role } of eachPerson(size, staff)) {
      if (person % APPOINTED_TWICE !== 0 || (role !== 'physician' && role !== 'specialist')) continue;
      const facilityId = idOf('facility', belowOf(facilities, person, 6));
      const toDay = person % 3 === 0 ? '2025-12-31' : null;
      yield [idOf('appointment', person), idOf('account', person), facilityId, 'physician', '', '2025-01-01', toDay, 1];
    }
  }
  return { table: 'appointment', columns, rows: rows() };
}

export function practitionerRows(size: Size, staff: Staff): TableRows {
  const columns = ['accountId', 'revision', 'licenceNumber', 'category', 'validFrom', 'validTo', 'specialties'];
  function* rows(): Generator<Cell[]> {
    for (const { person, role } of eachPerson(size, staff))
      if (isPractising({ role })) {
        const number = String(person).padStart(15, '1');
        yield [idOf('account', person), 1, number, 'clinical', ...LICENCE_DAYS, '[]'];
      }
  }
  return { table: 'practitioner', columns, rows: rows() };
}

/** Browsers that are signed in at this moment. */
export function sessionRows(size: Size, staff: Staff, now: Date): TableRows {
  const columns = [
    ...['sessionId', 'accountId', 'appointmentId', 'kind', 'secretHash', 'openedAt', 'usedAt', 'expiresAt'],
  ];
  const [openedAt, expiresAt] = [now.toISOString(), new Date(now.getTime() + 36_000_000).toISOString()];
  function* rows(): Generator<Cell[]> {
    for (const { person } of eachPerson(size, staff)) {
      if (person % SIGNED_IN !== 0) continue;
      const accountId = idOf('account', person);
      const secretHash = createHash('sha256').update(accountId).digest('hex');
      yield [accountId, accountId, accountId, 'browser', secretHash, openedAt, openedAt, expiresAt];
    }
  }
  return { table: 'session', columns, rows: rows() };
}

/** Each account was made and changed once, in one chain. @param head where it ends. */
export function actRows(size: Size, staff: Staff, head: { sequence: number; hash: string }): TableRows {
  const columns = [
    ...['sequence', 'at', 'actorId', 'facilityId', 'action', 'subjectKind', 'subjectId', 'consultationId'],
    ...['detail', 'requestId', 'previousHash', 'hash'],
  ];
  function* rows(): Generator<Cell[]> {
    let previousHash = GENESIS_HASH;
    for (const action of ['account:invite', 'account:edit'])
      for (const { person, facility, role } of eachPerson(size, staff)) {
        head.sequence += 1;
        const entry = {
          ...{ sequence: head.sequence, at: AT, actorId: idOf('account', personAt(staff, facility, 0)) },
          ...{ facilityId: idOf('facility', facility), action, subjectKind: 'account' },
          ...{ subjectId: idOf('account', person), consultationId: null },
          detail: action === 'account:edit' ? { fields: ['title'] } : { login: loginOf(person), role },
          requestId: 'bench',
        };
        head.hash = hashEntry(entry, previousHash);
        yield [...Object.values({ ...entry, detail: JSON.stringify(entry.detail) }), previousHash, head.hash];
        previousHash = head.hash;
      }
  }
  return { table: 'audit_entry', columns, rows: rows() };
}
