import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Database } from '../../../server/database/database.ts';
import { planned } from '../../../server/demonstrations/demonstration.ts';
import type { Recording } from '../../../server/recordings/store.ts';
import { eachDatabase } from '../../support/each-database.ts';

const AT = new Date('2026-12-01T01:00:00.000Z');
const LATER = '2026-12-01T02:00:00.000Z';

eachDatabase('what is kept of recordings', (open) => {
  let database: Database;
  let demonstrationId: string;

  beforeEach(async () => {
    database = await open();
    demonstrationId = randomUUID();
    const facilityId = randomUUID();
    await database.write(async ({ facilities, demonstrations }) => {
      const about = { parentId: null, name: '医院', tier: 'county' as const, region6: '230125' };
      await facilities.insert({ facilityId, ...about, changedAt: AT.toISOString() });
      const ids = { demonstrationId, facilityId, surgeonId: randomUUID(), createdBy: randomUUID() };
      await demonstrations.insert({ ...planned(ids, AT), state: 'live' });
    });
  });

  const recording = (changes: Partial<Recording> = {}): Recording => ({
    recordingId: randomUUID(),
    demonstrationId,
    startedBy: randomUUID(),
    startedAt: AT.toISOString(),
    stoppedAt: null,
    sealedAt: null,
    fault: null,
    ...changes,
  });

  it('[DM31] is sealed once and for all, whether it goes on or has ended', async () => {
    const [first, second] = [recording(), recording({ startedAt: LATER, stoppedAt: LATER })];
    const { read } = database;
    await database.write(async ({ recordings }) => {
      await recordings.insert(second);
      await recordings.insert(first);
      await recordings.putFault(first.recordingId, 'disk-full');
    });
    assert.deepEqual(await read.recordings.listOf(demonstrationId), [{ ...first, fault: 'disk-full' }, second]);
    const open = async () =>
      (await read.recordings.listOpen()).filter((one) => one.demonstrationId === demonstrationId);
    assert.equal((await open()).length, 1);
    assert.equal(await database.write(({ recordings }) => recordings.seal(demonstrationId, LATER)), 2);
    assert.equal(await database.write(({ recordings }) => recordings.seal(demonstrationId, AT.toISOString())), 0);
    await database.write(({ recordings }) => recordings.stop(first.recordingId, LATER));
    assert.deepEqual(await open(), []);
    assert.deepEqual(
      (await read.recordings.listOf(demonstrationId)).map(({ sealedAt, stoppedAt }) => [sealedAt, stoppedAt]),
      [
        [LATER, LATER],
        [LATER, LATER],
      ],
    );
  });

  it('[DM32] has every program in the order in which it was chosen, and the last word on its replay', async () => {
    const main = { accountId: randomUUID(), source: 'field' as const, label: '腔镜 1' };
    const programs = [
      { layout: 'single' as const, main, second: null },
      { layout: 'side-by-side' as const, main: null, second: main },
    ];
    const chosen = programs.map((program) => ({ demonstrationId, at: AT.toISOString(), program }));
    const replay = {
      demonstrationId,
      cutParts: [],
      maskedParts: [],
      leftOutQuestions: [],
      chapters: [{ at: LATER, title: '段间平面' }],
      openedBy: randomUUID(),
      openedAt: AT.toISOString(),
      publishedBy: null,
      publishedAt: null,
    };
    const cutParts = [{ fromAt: AT.toISOString(), toAt: LATER }];
    const published = { ...replay, cutParts, leftOutQuestions: [randomUUID()], publishedAt: LATER };
    assert.equal(await database.read.recordings.findReplay(demonstrationId), undefined);
    for (const one of [replay, published])
      await database.write(async ({ recordings }) => {
        const next = chosen.shift();
        if (next) await recordings.noteProgram(next);
        await recordings.putReplay(one);
      });
    const kept = await database.read.recordings.listPrograms(demonstrationId);
    assert.deepEqual(
      kept.map(({ program }) => program),
      programs,
    );
    assert.deepEqual(await database.read.recordings.findReplay(demonstrationId), published);
  });
});
