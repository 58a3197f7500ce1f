import type { ConsultationState, GrantBasis, IdentifierKind } from '../../../server/contract/index.ts';
import { identifierIndex } from '../../../server/patients/identifiers.ts';
import type { FieldSeal } from '../../../server/patients/seal.ts';
import type { Cell, TableRows } from './bulk-load.ts';
import { countyIndex } from './facility-rows.ts';
import { type Named, namedAt } from './names.ts';
import { clinicianCount, personAt, type Staff } from './people-rows.ts';
import { AT, belowOf, fractionOf, idOf, type Size } from './size.ts';

/** The first hub answers so much of all cases: 300,000 of two million. */
const FIRST_HUB = 0.15;
/** Physicians of a county who ask others. */
const ASKING = 20;
/** Specialists of a hub who answer. */
const ANSWERING = 100;
/** One of so many stands twice in the register: the second time without papers. */
const TWICE = 100;
const DAY_MS = 86_400_000;
/** Days on which people were born. */
const BIRTH_DATES = Array.from({ length: 18_000 }, (_, day) =>
  new Date(-1e12 + day * DAY_MS).toISOString().slice(0, 10),
);
/** How many of all patients have such a number, and how it begins. */
const NUMBERS: [IdentifierKind, number, string][] = [
  ['phone', 0.8, '139'],
  ['health-card', 0.2, 'HC'],
  ['social-security-card', 0.2, 'S'],
  ['hospital-number', 0.2, 'ZY'],
  ['passport', 0.02, 'E'],
];
/** Where the cases of the last weeks stand; so much of all are no older. What is older is done, or came to nothing. */
const RECENT = 0.03;
const RECENT_STATES: [ConsultationState, number][] = [
  ['submitted', 0.15],
  ['supplement', 0.05],
  ['accepted', 0.2],
  ['in-consultation', 0.05],
  ['issued', 0.25],
];
const OLDER_STATES: [ConsultationState, number][] = [
  ['declined', 0.01],
  ['cancelled', 0.02],
];

const FINISHED = new Set<ConsultationState>(['acknowledged', 'declined', 'cancelled']);
const monthsAfter = (instant: string): string => new Date(Date.parse(instant) + 60 * DAY_MS).toISOString();

export interface Patient extends Named {
  index: number;
  county: number;
  hub: number;
  sex: 'female' | 'male';
  birthDate: string;
  numbers: { kind: IdentifierKind; number: string }[];
}

export function patientAt(size: Size, index: number): Patient {
  const serial = Math.floor(index / size.counties);
  const county = index % size.counties;
  // Alike in name, sex and birth date with the one before in the same register.
  const isTwice = serial % TWICE === TWICE - 1;
  const same = isTwice ? index - size.counties : index;
  const sex = fractionOf(same, 7) < 0.5 ? 'female' : 'male';
  const birthDate = BIRTH_DATES[belowOf(BIRTH_DATES.length, same, 8)] ?? '';
  const numbers = isTwice ? [] : numbersAt(index, birthDate);
  return { ...namedAt(same), index, county, hub: hubAt(size, index), sex, birthDate, numbers };
}

function hubAt({ hubs }: Size, index: number): number {
  return fractionOf(index, 9) < FIRST_HUB ? 0 : 1 + belowOf(hubs - 1, index, 10);
}

function numbersAt(index: number, birthDate: string): Patient['numbers'] {
  const digits = String(index).padStart(8, '0');
  const born = birthDate.slice(0, 4) + birthDate.slice(5, 7) + birthDate.slice(8);
  const numbers: Patient['numbers'] = [{ kind: 'id-card', number: `${digits.slice(0, 6)}${born}00${digits.slice(6)}` }];
  for (const [at, [kind, share, beginning]] of NUMBERS.entries())
    if (fractionOf(index, 20 + at) < share) numbers.push({ kind, number: beginning + digits });
  return numbers;
}

export function patientRows(size: Size, seal: FieldSeal): TableRows {
  const columns = [
    ...['patientId', 'facilityId', 'idNumberIndex', 'name', 'nameKey', 'pinyin', 'initials', 'sex', 'birthDate'],
    ...['createdAt', 'changedAt'],
  ];
  function* rows(): Generator<Cell[]> {
    for (let index = 0; index < size.patients; index += 1) {
      const { county, numbers, name, nameKey, pinyin, initials, sex, birthDate } = patientAt(size, index);
      const facilityId = idOf('facility', countyIndex(size, county));
      const register = seal.index(numbers[0]?.number ?? `without-papers/${index}`);
      yield [
        ...[idOf('patient', index), facilityId, register, name, nameKey, pinyin, initials, sex, birthDate],
        ...[AT, AT],
      ];
    }
  }
  return { table: 'patient', columns, rows: rows() };
}

/** Found by real blind indices. Sealed once for all: nobody opens them here, and they are as long as others. */
export function identifierRows(size: Size, seal: FieldSeal): TableRows {
  const columns = ['identifierId', 'patientId', 'kind', 'numberIndex', 'sealed', 'masked', 'addedAt'];
  const sealed = seal.seal('230125196002291212', 'bench');
  function* rows(): Generator<Cell[]> {
    let identifier = 0;
    for (let index = 0; index < size.patients; index += 1)
      for (const { kind, number } of patientAt(size, index).numbers) {
        const numberIndex = identifierIndex(seal, kind, number);
        yield [
          ...[idOf('identifier', identifier), idOf('patient', index), kind, numberIndex, sealed],
          ...[`${number.slice(0, 3)}****${number.slice(-4)}`, AT],
        ];
        identifier += 1;
      }
  }
  return { table: 'patient_identifier', columns, rows: rows() };
}

function stateAt({ patients }: Size, index: number): ConsultationState {
  let left = fractionOf(index, 11);
  for (const [state, share] of index > patients * (1 - RECENT) ? RECENT_STATES : OLDER_STATES) {
    left -= share;
    if (left < 0) return state;
  }
  return 'acknowledged';
}

interface Case {
  state: ConsultationState;
  requester: number;
  home: number;
  homeCoordinator: number;
  invitedCoordinator: number;
  specialist: number | null;
  createdAt: string;
}

function caseAt(size: Size, staff: Staff, { index, county, hub }: Patient, now: Date): Case {
  const state = stateAt(size, index);
  const home = countyIndex(size, county);
  const asking = Math.min(ASKING, clinicianCount(staff, home));
  const answering = Math.min(ANSWERING, clinicianCount(staff, hub));
  const isAnswered = state !== 'submitted' && state !== 'declined' && state !== 'cancelled';
  // Three years of cases, at some time of the day.
  const ageMs = ((size.patients - index) / size.patients) * 3 * 365 * DAY_MS;
  return {
    ...{ state, home, requester: personAt(staff, home, 2 + (Math.floor(index / size.counties) % asking)) },
    ...{ homeCoordinator: personAt(staff, home, 1), invitedCoordinator: personAt(staff, hub, 1) },
    specialist: isAnswered ? personAt(staff, hub, 2 + belowOf(answering, index, 12)) : null,
    createdAt: new Date(now.getTime() - ageMs).toISOString(),
  };
}

export function consultationRows(size: Size, staff: Staff, now: Date): TableRows {
  const columns = [
    ...['consultationId', 'caseNumber', 'state', 'version', 'patientId', 'patient', 'question', 'historySummary'],
    ...['diagnosis', 'invitedFacilityId', 'wantedSpecialty', 'urgency', 'consent', 'requesterId'],
    ...['requesterFacilityId', 'specialistId', 'reason', 'createdAt', 'submittedAt', 'acceptedAt', 'changedAt'],
  ];
  const sealed = { sealedIdNumber: '', maskedIdNumber: '', sealedPhone: '', maskedPhone: '' };
  const diagnosis = JSON.stringify([{ code: 'R91', display: '肺结节' }]);
  const history = '咳嗽两月，外院胸部CT示右肺下叶结节，约八毫米，边缘毛糙。'.repeat(4);
  function* rows(): Generator<Cell[]> {
    for (let index = 0; index < size.patients; index += 1) {
      const patient = patientAt(size, index);
      const { name, sex, birthDate, hub } = patient;
      const { state, requester, home, specialist, createdAt } = caseAt(size, staff, patient, now);
      yield [
        ...[idOf('consultation', index), `HZ-230125-${String(index).padStart(12, '0')}`, state, 3],
        ...[idOf('patient', index), JSON.stringify({ name, sex, birthDate, ...sealed }), '右肺下叶结节性质？', history],
        ...[diagnosis, idOf('facility', hub), '影像科', index % 20 === 0 ? 'urgent' : 'routine', null],
        ...[idOf('account', requester), idOf('facility', home)],
        ...[specialist === null ? null : idOf('account', specialist), ''],
        ...[createdAt, createdAt, specialist === null ? null : createdAt, createdAt],
      ];
    }
  }
  return { table: 'consultation', columns, rows: rows() };
}

/**
 * The physician, their coordinator, the hub's, and who answers. What is over stays open to the counties and the first hub for years, so that
 * as much is searched as can be; to the other hubs for two months, as is usual.
 */
export function grantRows(size: Size, staff: Staff, now: Date): TableRows {
  const columns = ['grantId', 'consultationId', 'accountId', 'facilityId', 'basis', 'fromAt', 'endedAt'];
  const later = new Date(now.getTime() + 3650 * DAY_MS).toISOString();
  function* rows(): Generator<Cell[]> {
    let grant = 0;
    for (let index = 0; index < size.patients; index += 1) {
      const patient = patientAt(size, index);
      const one = caseAt(size, staff, patient, now);
      const held: [GrantBasis, number, number][] = [
        ['requester', one.requester, one.home],
        ['coordination', one.homeCoordinator, one.home],
        ['coordination', one.invitedCoordinator, patient.hub],
      ];
      if (one.specialist !== null) held.push(['assignment', one.specialist, patient.hub]);
      for (const [basis, person, facility] of held) {
        const isOpen = basis === 'requester' || !FINISHED.has(one.state);
        const closedAt = facility === one.home || facility === 0 ? later : monthsAfter(one.createdAt);
        yield [
          ...[idOf('grant', grant), idOf('consultation', index), idOf('account', person), idOf('facility', facility)],
          ...[basis, one.createdAt, isOpen ? null : closedAt],
        ];
        grant += 1;
      }
    }
  }
  return { table: 'consultation_grant', columns, rows: rows() };
}
