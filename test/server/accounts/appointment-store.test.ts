import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { isInForce } from '../../../server/accounts/appointment.ts';
import { Role } from '../../../server/contract/index.ts';
import type { Database } from '../../../server/database/database.ts';
import { Appointments1700000000160 } from '../../../server/database/migrations/0160-appointments.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { addAppointment } from '../../support/add-appointment.ts';
import { addPerson } from '../../support/add-person.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { openOlderDatabase } from '../../support/older-database.ts';
import { createRandom } from '../../support/random.ts';

const SEED = 41;
const DAYS = ['2026-03-01', '2026-03-02', '2026-03-03', null] as const;
const WITH = migrations.slice(0, migrations.indexOf(Appointments1700000000160) + 1);

async function addFacility(database: Database): Promise<string> {
  const facilityId = randomUUID();
  await database.write(({ facilities }) =>
    facilities.insert({ facilityId, name: '医院', tier: 'county', region6: '230126', specialties: [] }),
  );
  return facilityId;
}

eachDatabase('appointments', (open, _, newEmptyUrl) => {
  it(`are found by place, role and time as the rule has it (seed ${SEED})`, async () => {
    const database = await open();
    const random = createRandom(SEED);
    const places = [await addFacility(database), await addFacility(database)];
    const ids: string[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      const { accountId } = await addPerson(database, random.pick(Role.options), random.pick(places), `人${turn}`);
      ids.push(accountId);
      const [main] = await database.read.accounts.listAppointments([accountId]);
      assert.ok(main?.isMain);
      const period = { fromDay: random.pick(DAYS), toDay: random.pick(DAYS) };
      assert.ok(await database.write(({ accounts }) => accounts.replaceAppointment({ ...main, ...period })));
      assert.ok(!(await database.write(({ accounts }) => accounts.replaceAppointment(main))), 'another revision');
      for (let further = random.below(3); further > 0; further -= 1)
        await addAppointment(database, {
          accountId,
          facilityId: random.pick(places),
          role: random.pick(Role.options),
          fromDay: random.pick(DAYS),
          toDay: random.pick(DAYS),
          endedAt: random.pick([null, null, '2026-03-02T03:00:00.000Z']),
        });
    }
    const [closed = ''] = ids;
    await database.write(({ accounts }) =>
      accounts.setActive(closed, { isActive: false, disabledAt: '2026-03-01T00:00:00.000Z', disabledReason: '离职' }),
    );
    const all = await database.read.accounts.listAppointments(ids);
    for (const one of all) assert.deepEqual(await database.read.accounts.findAppointment(one.appointmentId), one);
    for (const at of [
      '2026-02-28T15:59:59.999Z',
      '2026-02-28T16:00:00.000Z',
      '2026-03-02T03:00:00.000Z',
      '2026-03-03T16:00:00.000Z',
    ])
      for (const role of Role.options) {
        const when = new Date(at);
        const holds = all.filter((one) => one.role === role && one.accountId !== closed && isInForce(one, when));
        const sorted = (found: { appointmentId: string }[]) => found.map((one) => one.appointmentId).toSorted();
        assert.deepEqual(sorted(await database.read.accounts.listAppointedAnywhere(role, when)), sorted(holds));
        for (const place of places)
          assert.deepEqual(
            sorted(await database.read.accounts.listAppointed(place, [role], when)),
            sorted(holds.filter(({ facilityId }) => facilityId === place)),
          );
      }
  });

  it('bring a person into the lists of both places, once each, and go along when a place is merged', async () => {
    const database = await open();
    const [here, there, successor] = [
      await addFacility(database),
      await addFacility(database),
      await addFacility(database),
    ];
    const { accountId } = await addPerson(database, 'physician', here, '张伟');
    await addAppointment(database, { accountId, facilityId: there, role: 'specialist' });
    await addAppointment(database, { accountId, facilityId: there, role: 'coordinator' });
    const list = async (filter: object) =>
      (
        await database.read.accounts.listPage({
          facilityIds: 'all',
          sort: 'name',
          order: 'ascending',
          page: 1,
          limit: 10,
          ...filter,
        })
      ).total;
    assert.equal(await list({ facilityIds: [here] }), 1);
    assert.equal(await list({ facilityIds: [there] }), 1);
    assert.equal(await list({ facilityIds: [successor] }), 0);
    assert.equal(await list({ facilityIds: [there], role: 'specialist' }), 1);
    assert.equal(await list({ facilityIds: [there], role: 'physician' }), 0, 'a physician, but not there');
    await database.write(({ accounts }) => accounts.moveAppointments(there, successor, 'coordinator'));
    const all = await database.read.accounts.listAppointments([accountId]);
    assert.deepEqual(all.map(({ role, facilityId }) => [role, facilityId]).toSorted(), [
      ['coordinator', there],
      ['physician', here],
      ['specialist', successor],
    ]);
  });

  it('are learned of by an older database, which loses nothing on the way there and back', async () => {
    const url = await newEmptyUrl();
    const older = await openOlderDatabase(url, migrations.slice(0, migrations.indexOf(Appointments1700000000160)));
    await older.runMigrations();
    const [facilityId, accountId, sessionId, noticeId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    await older.query(
      "INSERT INTO facility (facilityId, name, tier, region6, departments) VALUES (?, '医院', 'county', '230125', '[]')",
      [facilityId],
    );
    await older.query(
      "INSERT INTO account (accountId, login, name, title, role, facilityId, isActive, passwordHash) VALUES (?, 'li', '李', '医师', 'specialist', ?, 1, 'x')",
      [accountId, facilityId],
    );
    await older.query(
      "INSERT INTO session (sessionId, accountId, kind, secretHash, openedAt, usedAt, expiresAt) VALUES (?, ?, 'browser', 'h', 'a', 'a', 'b')",
      [sessionId, accountId],
    );
    await older.query("INSERT INTO notice (noticeId, accountId, kind, at) VALUES (?, ?, 'arrived', 'a')", [
      noticeId,
      accountId,
    ]);
    await older.destroy();

    const source = await openOlderDatabase(url, WITH);
    await source.runMigrations();
    for (const table of ['session', 'notice']) {
      const [row] = (await source.query(`SELECT appointmentId FROM ${table}`)) as { appointmentId: string }[];
      assert.equal(row?.appointmentId, accountId, `${table}: in the main appointment`);
    }
    await source.undoLastMigration();
    const [account] = (await source.query('SELECT login, role, facilityId FROM account')) as object[];
    assert.deepEqual({ ...account }, { login: 'li', role: 'specialist', facilityId });
    assert.equal(((await source.query('SELECT * FROM session')) as object[]).length, 1);
    await assert.rejects(source.query('SELECT * FROM appointment'));
    await source.runMigrations();
    await source.destroy();
  });
});
