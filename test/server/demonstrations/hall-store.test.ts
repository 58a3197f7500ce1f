import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Database } from '../../../server/database/database.ts';
import { planned } from '../../../server/demonstrations/demonstration.ts';
import type { StoredVoice } from '../../../server/demonstrations/hall/store.ts';
import { eachDatabase } from '../../support/each-database.ts';

const AT = new Date('2026-12-01T01:00:00.000Z');

const facility = (facilityId: string) => ({
  facilityId,
  parentId: null,
  name: '医院',
  tier: 'county' as const,
  region6: '230125',
  changedAt: AT.toISOString(),
});

eachDatabase('what is ordered of a hall', (open) => {
  let database: Database;
  let demonstrationId: string;
  let home: string;

  beforeEach(async () => {
    database = await open();
    [demonstrationId, home] = [randomUUID(), randomUUID()];
    await database.write(async ({ facilities, demonstrations }) => {
      await facilities.insert(facility(home));
      const ids = { demonstrationId, facilityId: home, surgeonId: randomUUID(), createdBy: randomUUID() };
      await demonstrations.insert({ ...planned(ids, AT), state: 'live' });
    });
  });

  const voice = (changes: Partial<StoredVoice> = {}): StoredVoice => ({
    demonstrationId,
    accountId: randomUUID(),
    facilityId: home,
    sources: ['audio'],
    givenBy: randomUUID(),
    givenAt: AT.toISOString(),
    ...changes,
  });

  it('[DM16] is nothing at first, and then the last program and the last cut, each for itself', async () => {
    const find = () => database.read.halls.find(demonstrationId);
    const nothing = { layout: 'single' as const, main: null, second: null };
    assert.deepEqual(await find(), {
      program: nothing,
      cut: { number: 0, picture: false, sound: false },
      untoldCut: null,
    });
    const cut = { number: 3, picture: true, sound: false };
    const untoldCut = { picture: true, sound: false };
    const field = { accountId: randomUUID(), source: 'field' as const, label: '腔镜 1' };
    const program = { layout: 'side-by-side' as const, main: field, second: null };
    await database.write(({ halls }) => halls.putCut(demonstrationId, cut, untoldCut));
    assert.deepEqual(await find(), { program: nothing, cut, untoldCut });
    await database.write(({ halls }) => halls.putProgram(demonstrationId, program));
    assert.deepEqual(await find(), { program, cut, untoldCut });
    await database.write(({ halls }) => halls.putCut(demonstrationId, cut, null));
    await database.write(({ halls }) => halls.putProgram(demonstrationId, nothing));
    assert.deepEqual(await find(), { program: nothing, cut, untoldCut: null });
  });

  it('[DM18] has each voice once, and moves with the facility that they enrolled for', async () => {
    const [one, other] = [voice(), voice({ givenAt: '2026-12-01T01:00:01.000Z' })];
    const wider: StoredVoice = { ...one, sources: ['audio', 'video'], givenAt: '2026-12-01T01:00:02.000Z' };
    await database.write(async ({ halls }) => {
      for (const row of [one, other, wider]) await halls.putVoice(row);
    });
    assert.deepEqual(await database.read.halls.listVoices(demonstrationId), [other, wider]);
    const there = randomUUID();
    await database.write(async ({ facilities, demonstrations }) => {
      await facilities.insert(facility(there));
      await demonstrations.moveFacility(home, there);
    });
    const voices = await database.read.halls.listVoices(demonstrationId);
    assert.deepEqual(
      voices,
      [other, wider].map((row) => ({ ...row, facilityId: there })),
    );
    await database.write(async ({ halls }) => {
      assert.equal(await halls.removeVoice(demonstrationId, one.accountId), true);
      assert.equal(await halls.removeVoice(demonstrationId, one.accountId), false, 'taken twice');
    });
    assert.deepEqual(
      (await database.read.halls.listVoices(demonstrationId)).map(({ accountId }) => accountId),
      [other.accountId],
    );
  });
});
