import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Database } from '../../../server/database/database.ts';
import { Demonstrations1700000000200 } from '../../../server/database/migrations/0200-demonstrations.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { planned } from '../../../server/demonstrations/demonstration.ts';
import type { StoredNotice } from '../../../server/notices/notice.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { openOlderDatabase } from '../../support/older-database.ts';

const AT = new Date('2026-12-01T01:00:00.000Z');
const NOW = AT.toISOString();
const [FACILITY, PERSON] = [randomUUID(), randomUUID()];
const COUNT = migrations.length - migrations.indexOf(Demonstrations1700000000200);

/** One with a row in each of its tables, and a notice about it. */
async function place(database: Database): Promise<string> {
  const demonstrationId = randomUUID();
  const ids = { demonstrationId, facilityId: FACILITY, surgeonId: PERSON, createdBy: PERSON };
  const person = { accountId: PERSON, facilityId: FACILITY };
  await database.write(async ({ demonstrations, notices }) => {
    await demonstrations.insert({
      ...planned(ids, AT),
      seats: [{ seat: 'moderator', ...person }],
      audience: [{ kind: 'facility', id: FACILITY }],
      materials: [{ materialId: randomUUID(), listedBy: PERSON, checkedBy: null, checkedAt: null, checkedCount: 0 }],
    });
    await demonstrations.putEnrolment({
      demonstrationId,
      ...person,
      appointmentId: PERSON,
      enrolledAt: NOW,
      withdrawnAt: null,
    });
    await demonstrations.insertPresence({
      presenceId: randomUUID(),
      demonstrationId,
      ...person,
      windowId: 'a window',
      fromAt: NOW,
      lastSeenAt: NOW,
      toAt: null,
      hasLeft: false,
    });
    await notices.insert([notice({ kind: 'demonstration-approved', demonstrationId })]);
  });
  return demonstrationId;
}

const notice = (about: Partial<StoredNotice> & Pick<StoredNotice, 'kind'>): StoredNotice => ({
  noticeId: randomUUID(),
  accountId: PERSON,
  appointmentId: PERSON,
  consultationId: null,
  agreementId: null,
  licenceOf: null,
  licenceTo: null,
  proposalId: null,
  machineId: null,
  demonstrationId: null,
  byAccountId: null,
  at: NOW,
  readAt: null,
  ...about,
});

eachDatabase('a database from before surgical demonstrations', (open, newUrl) => {
  it('loses on the way back what is about them, and no other notice; and takes new ones on the way there again', async () => {
    const url = await newUrl();
    const database = await open(url);
    await database.write(({ facilities }) =>
      facilities.insert({ facilityId: FACILITY, name: '北山', tier: 'county', region6: '230126' }),
    );
    await place(database);
    const other = notice({ kind: 'factor-reset' });
    await database.write(({ notices }) => notices.insert([other]));
    for (let times = 0; times < 2; times += 1) {
      const source = await openOlderDatabase(url, migrations);
      for (let left = COUNT; left > 0; left -= 1) await source.undoLastMigration();
      await assert.rejects(source.query('SELECT 1 FROM demonstration'), 'it is of an earlier version now');
      await source.destroy();
      const again = await open(url);
      const kept = await again.read.notices.list(PERSON, 9);
      assert.deepEqual(
        kept.map(({ noticeId }) => noticeId),
        [other.noticeId],
      );
      const demonstrationId = await place(again);
      const found = await again.read.demonstrations.find(demonstrationId);
      assert.equal(found?.materials.length, 1);
      assert.equal(await again.read.demonstrations.countPresent(demonstrationId, AT), 1);
    }
  });
});
