import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { NoticeView, Role } from '../../../server/contract/index.ts';
import type { Database } from '../../../server/database/database.ts';
import { demoFacilityId, listDemoFacilities } from '../../../server/demo/facilities.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { remindOfAgreements } from '../../../server/facilities/reminders.ts';
import { eachDatabase } from '../../support/each-database.ts';

const DAY_MS = 24 * 3_600_000;
const END = Date.parse('2027-01-01T00:00:00.000Z');
const daysBefore = (days: number) => new Date(END - days * DAY_MS);

eachDatabase('agreements that run out', (open, newUrl) => {
  /** Of the county nobody administers but the city above it; of the province somebody does. */
  async function world(database: Database) {
    const people = { platform: randomUUID(), city: randomUUID(), province: randomUUID(), physician: randomUUID() };
    const agreementId = randomUUID();
    await database.write(async (stores) => {
      for (const facility of listDemoFacilities()) await stores.facilities.insert(facility);
      const add = (accountId: string, role: Role, facilityId: string) =>
        stores.accounts.insert({
          accountId,
          login: accountId,
          name: role,
          title: '',
          role,
          specialty: null,
          facilityId,
          isActive: true,
          passwordHash: '',
        });
      await add(people.platform, 'admin', demoFacilities.province.facilityId);
      await add(people.city, 'facility-admin', demoFacilityId(11));
      await add(people.province, 'facility-admin', demoFacilities.province.facilityId);
      await add(people.physician, 'physician', demoFacilities.county.facilityId);
      await stores.facilities.insertAgreement({
        agreementId,
        invitingFacilityId: demoFacilities.county.facilityId,
        invitedFacilityId: demoFacilities.province.facilityId,
        validFrom: '2026-01-01T00:00:00.000Z',
        validTo: new Date(END).toISOString(),
      });
    });
    return { people, agreementId };
  }

  /** A server that looks at that time; what it tells is kept. */
  function server(database: Database, at: Date, told: [string[], NoticeView][] = []) {
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
    return remindOfAgreements({ work: database, notify, clock: () => at });
  }

  it('[AG5] are told once each at 60, 30 and 7 days, to the administrators of both sides and nobody else', async () => {
    const database = await open();
    const { people, agreementId } = await world(database);
    const told: [string[], NoticeView][] = [];
    for (const days of [90, 61, 60, 59, 45, 30, 29, 8, 7, 3, 1, 0, -1]) await server(database, daysBefore(days), told);
    assert.equal(told.length, 3 * 2);
    assert.deepEqual(new Set(told.flatMap(([ids]) => ids)), new Set([people.city, people.province]));
    for (const [, notice] of told) {
      assert.equal(notice.kind, 'agreement-expiring');
      assert.equal(notice.consultationId, null);
      assert.equal(notice.agreement?.agreementId, agreementId);
    }
    assert.equal((await database.read.notices.list(people.city, 10)).length, 3);
    for (const accountId of [people.platform, people.physician])
      assert.equal((await database.read.notices.list(accountId, 10)).length, 0);
  });

  it('[AG5] are told once by two servers on one database, and not again by one that starts anew', async () => {
    const url = await newUrl();
    const [one, other] = [await open(url), await open(url)];
    const { people } = await world(one);
    const told: [string[], NoticeView][] = [];
    const both = [1, 2, 3].flatMap(() => [one, other]);
    // SQLite's driver waits for a lock with the whole process: two servers inside one come after each other there.
    if (one.kind === 'sqlite') for (const database of both) await server(database, daysBefore(20), told);
    else await Promise.all(both.map((database) => server(database, daysBefore(20), told)));
    assert.equal(told.length, 2);
    await server(await open(url), daysBefore(19), told);
    assert.equal(told.length, 2, 'a server that was started anew');
    assert.equal((await one.read.notices.list(people.province, 10)).length, 1);
  });

  it('[AG5] are not told of once a signed one follows, or once they were ended', async () => {
    const database = await open();
    const { agreementId } = await world(database);
    const told: [string[], NoticeView][] = [];
    const successor = {
      agreementId: randomUUID(),
      invitingFacilityId: demoFacilities.county.facilityId,
      invitedFacilityId: demoFacilities.province.facilityId,
      validFrom: new Date(END).toISOString(),
      validTo: '2028-01-01T00:00:00.000Z',
      predecessorId: agreementId,
    };
    const unsigned = { ...successor, signatures: { inviting: true as const, invited: null } };
    await database.write((stores) => stores.facilities.insertAgreement(unsigned));
    await server(database, daysBefore(50), told);
    assert.equal(told.length, 2, 'a draft is no successor yet');
    const stored = await database.read.facilities.findAgreement(successor.agreementId);
    assert.ok(stored);
    const signed = { ...stored, signatures: { inviting: true as const, invited: true as const }, version: 2 };
    await database.write((stores) => stores.facilities.replaceAgreement(signed, 1));
    await server(database, daysBefore(20), told);
    assert.equal(told.length, 2);
  });

  it('go to the platform’s administrators where a side and all above it have none', async () => {
    const database = await open();
    const { people } = await world(database);
    await database.query(`UPDATE account SET isActive = 0 WHERE role = 'facility-admin'`);
    await server(database, daysBefore(5));
    assert.equal((await database.read.notices.list(people.platform, 10)).length, 1);
  });
});
