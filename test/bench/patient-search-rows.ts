import { randomUUID } from 'node:crypto';
import type { Caller } from '../../server/access/caller.ts';
import type { IdentifierKind } from '../../server/contract/index.ts';
import type { Database } from '../../server/database/database.ts';
import { identifierIndex } from '../../server/patients/identifiers.ts';
import { nameKeysOf } from '../../server/patients/name-keys.ts';
import { TEST_SEAL } from '../support/each-database.ts';
import { makeCaller, makeConsultation } from '../support/make-case.ts';
import { createRandom } from '../support/random.ts';

const COUNTIES = 200;
const HUBS = 10;
const DOCTORS_OF_A_COUNTY = 20;
const ROWS_AT_ONCE = 1_000;
const AT = '2026-01-02T00:00:00.000Z';
/** The most frequent first; how often each occurs falls as in the register of the Ministry of Public Security: three of them are a fifth. */
const SURNAMES = [
  ...'李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
];
const GIVEN = [
  ...'建国春梅志强丽华秀英桂兰玉珍晓明海燕文军小红永平淑芬金凤子涵雨欣浩然思远佳怡俊杰梓轩欣妍宇航诗琪一诺伟刚勇毅敏静磊洋艳娟涛超霞平辉鹏飞玲红梅',
];

export interface SearchedRows {
  /** Names and numbers that are there, to be searched for by whoever sees them. */
  samples: { name: string; numbers: Record<IdentifierKind & ('id-card' | 'phone' | 'health-card'), string> }[];
  /** With about a hundred, ten thousand and two hundred thousand cases, where there are two million patients. */
  people: Record<'physician' | 'county-coordinator' | 'hub-coordinator', Caller>;
}

/** Fills the register: a case each patient, seen by its physician, their coordinator and the coordinator of a hub. */
export async function fillRegister(database: Database, patients: number): Promise<SearchedRows> {
  const { next: random, pick } = createRandom(7);
  const coordinators = Array.from({ length: COUNTIES }, () => makeCaller('coordinator', randomUUID()));
  const doctors = coordinators.map(({ facilityId }) =>
    Array.from({ length: DOCTORS_OF_A_COUNTY }, () => makeCaller('physician', facilityId)),
  );
  const hubs = Array.from({ length: HUBS }, () => makeCaller('coordinator', randomUUID()));
  const samples: SearchedRows['samples'] = [];
  const tables = new Map<string, string[]>();
  const put = (table: string, row: object) => {
    const line = Object.values(row).map(literal).join(',');
    const key = `${table} (${Object.keys(row).join(',')})`;
    const lines = tables.get(key);
    if (lines) lines.push(`(${line})`);
    else tables.set(key, [`(${line})`]);
  };
  const flush = async () => {
    // A row before those that refer to it.
    for (const [table, lines] of tables) await database.query(`INSERT INTO ${table} VALUES ${lines.join(',')}`);
    tables.clear();
  };

  for (let index = 0; index < patients; index += 1) {
    const county = index % COUNTIES;
    const doctor = doctors[county]?.[Math.floor(index / COUNTIES) % DOCTORS_OF_A_COUNTY] as Caller;
    const surname = SURNAMES[Math.floor(SURNAMES.length * random() ** 2.2)] as string;
    const name = surname + pick(GIVEN) + (random() < 0.8 ? pick(GIVEN) : '');
    const [patientId, consultationId] = [randomUUID(), randomUUID()];
    const digits = String(index).padStart(8, '0');
    const numbers = { 'id-card': `2301251960${digits}`, phone: `139${digits}`, 'health-card': `HC${digits}` };
    const { facilityId } = doctor;
    put('patient', {
      ...{ patientId, facilityId, idNumberIndex: TEST_SEAL.index(numbers['id-card']), name, ...nameKeysOf(name) },
      ...{ sex: 'female', birthDate: '1960-01-01', createdAt: AT, changedAt: AT },
    });
    for (const [kind, number] of Object.entries(numbers) as [IdentifierKind, string][]) {
      const numberIndex = identifierIndex(TEST_SEAL, kind, number);
      put('patient_identifier', {
        ...{ identifierId: randomUUID(), patientId, kind, numberIndex, sealed: '-', masked: '-', addedAt: AT },
      });
    }
    const consultation = makeConsultation({
      ...{ consultationId, caseNumber: `HZ-${index}`, patientId, state: 'submitted', submittedAt: AT },
      ...{ requesterId: doctor.accountId, requesterFacilityId: facilityId },
    });
    put('consultation', { ...consultation, patient: BENCH_PATIENT, historySummary: '', question: '' });
    for (const [person, basis] of [
      [doctor, 'requester'],
      [coordinators[county], 'coordination'],
      [hubs[county % HUBS], 'coordination'],
    ] as [Caller, string][])
      put('consultation_grant', {
        ...{ grantId: randomUUID(), consultationId, accountId: person.accountId, facilityId: person.facilityId },
        ...{ basis, fromAt: AT, endedAt: null },
      });
    if (doctor === doctors[0]?.[0]) samples.push({ name, numbers });
    if ((index + 1) % ROWS_AT_ONCE === 0) await flush();
  }
  await flush();
  const people = { physician: doctors[0]?.[0], 'county-coordinator': coordinators[0], 'hub-coordinator': hubs[0] };
  return { samples, people: people as SearchedRows['people'] };
}

/** Of no case does the search open it. */
const BENCH_PATIENT = {
  name: '',
  sex: null,
  birthDate: '',
  sealedIdNumber: '',
  maskedIdNumber: '',
  sealedPhone: '',
  maskedPhone: '',
};

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return `'${text.replaceAll("'", "''")}'`;
}
