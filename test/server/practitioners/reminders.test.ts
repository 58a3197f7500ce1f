import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Consultation } from '../../../server/cases/consultation.ts';
import type { NoticeView, Role } from '../../../server/contract/index.ts';
import type { Database } from '../../../server/database/database.ts';
import { demoFacilityId, listDemoFacilities } from '../../../server/demo/facilities.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { chinaDate } from '../../../server/patients/china-date.ts';
import { remindOfLicences } from '../../../server/practitioners/reminders.ts';
import { addAppointment } from '../../support/add-appointment.ts';
import { addPerson } from '../../support/add-person.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { LICENCE } from '../../support/licences.ts';
import { makeCaller, makeConsultation } from '../../support/make-case.ts';

const DAY_MS = 24 * 3_600_000;
/** The last day on which the licence is valid. */
const LAST = '2027-01-01';
/** Late in the evening in China, when it is the same day in London. */
const daysBefore = (days: number) => new Date(Date.parse(`${LAST}T12:00:00.000Z`) - days * DAY_MS);

eachDatabase('licences that run out', (open, newUrl) => {
  /** The county is administered by nobody but the city above it. */
  async function world(database: Database) {
    await database.write(async ({ facilities }) => {
      for (const facility of listDemoFacilities()) await facilities.insert(facility);
    });
    const add = async (role: Role, facilityId: string = demoFacilities.county.facilityId) =>
      (await addPerson(database, role, facilityId)).accountId;
    const people = {
      holder: await add('physician'),
      colleague: await add('physician'),
      city: await add('facility-admin', demoFacilityId(11)),
      elsewhere: await add('facility-admin', demoFacilityId(12)),
      platform: await add('admin', demoFacilities.province.facilityId),
    };
    await license(database, people.holder, LAST);
    return people;
  }

  async function license(database: Database, accountId: string, validTo: string) {
    await database.write(async ({ practitioners }) => {
      const revision = ((await practitioners.find(accountId))?.revision ?? 0) + 1;
      await practitioners.put({ ...LICENCE, validTo, accountId, revision });
    });
  }

  function look(database: Database, at: Date, told: [string[], NoticeView][] = []) {
    const notify = {
      toAccounts: () => undefined,
      toAppointments: (windows: readonly { appointmentId: string }[], _: string, notice: unknown) =>
        void told.push([windows.map(({ appointmentId }) => appointmentId), notice as NoticeView]),
      toCase: () => undefined,
      toCaseVolatile: () => undefined,
      leaveCase: () => undefined,
      toDemonstration: () => undefined,
      toShowing: () => undefined,
      toShowingVolatile: () => undefined,
      toShowers: () => undefined,
      leaveShowers: () => undefined,
      leaveDemonstration: () => undefined,
    };
    return remindOfLicences({ work: database, notify, clock: () => at });
  }

  it('[LI7] are told once each at 60, 30 and 7 days, to their holder and whoever answers for them, and nobody else', async () => {
    const database = await open();
    const people = await world(database);
    const told: [string[], NoticeView][] = [];
    for (const days of [90, 61, 60, 59, 45, 30, 29, 8, 7, 3, 1, 0, -1]) await look(database, daysBefore(days), told);
    assert.equal(told.length, 3 * 2);
    assert.deepEqual(new Set(told.flatMap(([ids]) => ids)), new Set([people.holder, people.city]));
    for (const [[accountId], { kind, licence, consultationId }] of told) {
      assert.deepEqual([kind, consultationId, licence?.toDay], ['licence-expiring', null, LAST]);
      assert.deepEqual([licence?.accountId, licence?.isOwn], [people.holder, accountId === people.holder]);
    }
    assert.equal((await database.read.notices.list(people.holder, 10)).length, 3);
    for (const accountId of [people.colleague, people.elsewhere, people.platform])
      assert.equal((await database.read.notices.list(accountId, 10)).length, 0);
  });

  it('[LI7] are told once by two servers, and anew of a licence that was renewed', async () => {
    const url = await newUrl();
    const [one, other] = [await open(url), await open(url)];
    const people = await world(one);
    const told: [string[], NoticeView][] = [];
    for (const database of [one, other, one]) await look(database, daysBefore(20), told);
    assert.equal(told.length, 2);
    await license(one, people.holder, '2028-01-01');
    await look(other, daysBefore(19), told);
    assert.equal(told.length, 2, 'it was renewed');
    await look(one, new Date(Date.parse('2028-01-01T00:00:00.000Z') - 20 * DAY_MS), told);
    assert.equal(told.length, 4);
    assert.equal(told[3]?.[1].licence?.toDay, '2028-01-01');
  });

  it('[LI7] are told of nobody who has left, nor of one whose role is no practice', async () => {
    const database = await open();
    const people = await world(database);
    await license(database, people.city, LAST);
    await database.query(`UPDATE account SET isActive = 0 WHERE accountId = '${people.holder}'`);
    const told: [string[], NoticeView][] = [];
    assert.equal(await look(database, daysBefore(5), told), 0);
    assert.deepEqual(told, []);
  });

  it('[LI6] are found by the cases that wait for their holders: on the days on which they are not valid, or their holders gone', async () => {
    const database = await open();
    await world(database);
    const { facilityId: invitedFacilityId } = demoFacilities.province;
    const enter = async (role: Role = 'specialist', facilityId: string = invitedFacilityId) =>
      (await addPerson(database, role, facilityId)).accountId;
    const [holder, colleague, physician, visitor, left, disabled] = [
      await enter(),
      await enter(),
      await enter('physician'),
      await enter('physician', demoFacilities.county.facilityId),
      await enter(),
      await enter(),
    ];
    await license(database, holder, LAST);
    await addAppointment(database, { accountId: visitor, facilityId: invitedFacilityId, role: 'specialist' });
    const endedAt = '2026-06-01T00:00:00.000Z';
    await database.query(`UPDATE account SET endedAt = '${endedAt}' WHERE accountId = '${left}'`);
    await database.write(({ accounts }) =>
      accounts.setActive(disabled, { isActive: false, disabledAt: endedAt, disabledReason: '离职' }),
    );
    const taken = (specialistId: string | null, caseNumber: string, changes: Partial<Consultation> = {}) =>
      makeConsultation({ state: 'accepted', specialistId, caseNumber, invitedFacilityId, ...changes });
    const cases = {
      holder: taken(holder, '1'),
      done: taken(holder, '2', { state: 'issued' }),
      colleague: taken(colleague, '3'),
      nobody: taken(null, '4', { state: 'submitted' }),
      physician: taken(physician, '5'),
      visitor: taken(visitor, '6'),
      left: taken(left, '7'),
      disabled: taken(disabled, '8'),
    };
    const requester = makeCaller('physician').accountId;
    await database.write(async ({ consultations }) => {
      for (const one of Object.values(cases)) await consultations.insert({ ...one, requesterId: requester });
    });
    const found = async (day: string) => {
      const now = { day, at: `${day}T04:00:00.000Z` };
      const ids = (await database.read.consultations.listLeft(now, ['submitted', 'accepted', 'supplement'])).map(
        ({ consultationId }) => consultationId,
      );
      return Object.entries(cases)
        .filter(([, { consultationId }]) => ids.includes(consultationId))
        .map(([name]) => name);
    };
    const never = ['physician', 'disabled'];
    for (const [day, expected] of [
      ['2019-12-31', ['holder', ...never]],
      ['2020-01-01', never],
      ['2026-05-31', never],
      [LAST, ['physician', 'left', 'disabled']],
      [chinaDate(daysBefore(-1)), ['holder', 'physician', 'left', 'disabled']],
    ] as const)
      assert.deepEqual(await found(day), expected, day);
    const [stored] = await database.read.consultations.findMany([cases.holder.consultationId]);
    assert.equal(stored?.handOver, null);
    const at = new Date().toISOString();
    const handOver = { fromAccountId: randomUUID(), byAccountId: null, cause: 'account' as const, reason: '', at };
    await database.write(({ consultations }) => consultations.replace({ ...cases.holder, handOver, version: 2 }, 1));
    const [changed] = await database.read.consultations.findMany([cases.holder.consultationId]);
    assert.deepEqual(changed?.handOver, handOver);
  });
});
