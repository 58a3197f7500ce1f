import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Database } from '../../../server/database/database.ts';
import {
  type AssessedPerson,
  type Credit,
  type CreditCorrection,
  decidedBy,
  latestOf,
  mayCorrect,
  mayCredit,
  qualifies,
} from '../../../server/demonstrations/credits/credit.ts';
import { planned } from '../../../server/demonstrations/demonstration.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { createRandom } from '../../support/random.ts';

const NOW = '2026-12-01T06:00:00.000Z';
const LATER = '2026-12-01T07:00:00.000Z';

describe('who is credited for watching', () => {
  const terms = { liveS: 6000, requiredPercent: 80 };
  const watched = (presentS: number, checksAsked = 0, checksAnswered = 0) => ({
    presentS,
    checksAsked,
    checksAnswered,
  });

  it('[DM43] is whoever was there for enough of it, and answered enough of what they were asked', () => {
    assert.ok(qualifies(watched(4800), terms), 'exactly enough');
    assert.ok(!qualifies(watched(4799), terms));
    assert.ok(qualifies(watched(6000, 5, 4), terms));
    assert.ok(!qualifies(watched(6000, 5, 3), terms), 'there, and not answering');
    assert.ok(!qualifies(watched(6000, 2, 1), terms));
    assert.ok(!qualifies(watched(0), { liveS: 0, requiredPercent: 1 }), 'it was never live');
    assert.ok(qualifies(watched(1, 100, 1), { liveS: 100, requiredPercent: 1 }));
    assert.ok(!qualifies(watched(5999), { liveS: 6000, requiredPercent: 100 }));
  });

  it('[DM43] loses nothing by having been there longer or answered more, nor by a lower threshold', () => {
    for (let seed = 1; seed <= 500; seed += 1) {
      const random = createRandom(seed);
      const liveS = 1 + random.below(20_000);
      const requiredPercent = 1 + random.below(100);
      const checksAsked = random.below(9);
      const one = watched(random.below(liveS + 1), checksAsked, random.below(checksAsked + 1));
      if (!qualifies(one, { liveS, requiredPercent })) continue;
      const more = watched(
        Math.min(liveS, one.presentS + random.below(600)),
        checksAsked,
        Math.min(checksAsked, one.checksAnswered + random.below(3)),
      );
      assert.ok(qualifies(more, { liveS, requiredPercent }), `seed ${seed}: more`);
      assert.ok(qualifies(one, { liveS, requiredPercent: 1 + random.below(requiredPercent) }), `seed ${seed}: lower`);
    }
  });

  it('[DM44] [DM45] is decided by others than whoever assessed, decided before, or is concerned', () => {
    const people = [
      { accountId: 'a', qualifies: true },
      { accountId: 'b', qualifies: false },
    ];
    assert.deepEqual(
      ['officer', 'assessor', 'a', 'b'].map((by) => mayCredit(by, 'assessor', people)),
      [true, false, false, true],
    );
    const correction = (correctedBy: string, at: string) => ({ accountId: 'a', correctedBy, at });
    const corrections = [correction('second', LATER), correction('first', NOW)];
    const decider = (of: readonly ReturnType<typeof correction>[]) =>
      decidedBy({ accountId: 'a' }, { by: 'officer' }, of);
    assert.deepEqual([decider([]), decider(corrections)], ['officer', 'second']);
    assert.equal(decidedBy({ accountId: 'b' }, { by: 'officer' }, corrections), 'officer', 'another person’s');
    assert.deepEqual(
      ['officer', 'second', 'a'].map((by) => mayCorrect(by, { accountId: 'a' }, 'second')),
      [true, false, false],
    );
  });
});

eachDatabase('credits', (open) => {
  let database: Database;
  let demonstrationId: string;
  beforeEach(async () => {
    database = await open();
    demonstrationId = randomUUID();
    const facilityId = randomUUID();
    const ids = { demonstrationId, facilityId, surgeonId: randomUUID(), createdBy: randomUUID() };
    await database.write(async ({ facilities, demonstrations }) => {
      const place = { parentId: null, name: '医院', tier: 'county', region6: '230125', changedAt: NOW } as const;
      await facilities.insert({ facilityId, ...place });
      await demonstrations.insert(planned(ids, new Date(NOW)));
    });
  });

  it('keep whoever was assessed, what each has, and all corrections', async () => {
    const facilityId = randomUUID();
    const people = Array.from(
      { length: 1201 },
      (_, index): AssessedPerson => ({
        ...{ demonstrationId, accountId: randomUUID(), facilityId },
        ...{ presentS: index, checksAsked: 2, checksAnswered: index % 3, qualifies: index % 2 === 0 },
      }),
    );
    const credits = people
      .filter((one) => one.qualifies)
      .map(
        ({ accountId }): Credit => ({
          ...{ demonstrationId, accountId, facilityId },
          ...{ pointsTenths: 15, givenBy: randomUUID(), givenAt: NOW },
        }),
      );
    await database.write(async (stores) => {
      await stores.credits.insertAssessed(people);
      await stores.credits.insert(credits);
    });
    const { read } = database;
    const byAccount = <Row extends { accountId: string }>(rows: Row[]) =>
      rows.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
    assert.deepEqual(byAccount(await read.credits.listAssessed(demonstrationId)), byAccount(people));
    assert.deepEqual(byAccount(await read.credits.list(demonstrationId)), byAccount(credits));
    const [one, other] = [people[0], people[1]];
    assert.ok(one && other);
    assert.deepEqual(await read.credits.listAssessedOf(one.accountId), [one]);

    const correction = (accountId: string, afterTenths: number, at: string): CreditCorrection => ({
      ...{ correctionId: randomUUID(), demonstrationId, accountId, beforeTenths: 15, afterTenths },
      ...{ reason: '补看 "回放" 𠮷', correctedBy: randomUUID(), at },
    });
    const [late, early, others] = [
      correction(one.accountId, 20, LATER),
      correction(one.accountId, 5, NOW),
      correction(other.accountId, 10, NOW),
    ];
    const held = credits.find(({ accountId }) => accountId === one.accountId);
    assert.ok(held);
    const given: Credit = { ...held, accountId: other.accountId, pointsTenths: 10 };
    await database.write(async (stores) => {
      await stores.credits.put({ ...held, pointsTenths: 20 });
      await stores.credits.put(given);
      for (const row of [late, early, others]) await stores.credits.insertCorrection(row);
    });
    assert.deepEqual(await read.credits.listOf(one.accountId), [{ ...held, pointsTenths: 20 }]);
    assert.deepEqual(await read.credits.listOf(other.accountId), [given]);
    assert.deepEqual(await read.credits.listCorrectionsOf(one.accountId), [early, late]);
    assert.equal((await read.credits.listCorrections(demonstrationId)).length, 3);
    assert.deepEqual(latestOf(one.accountId, await read.credits.listCorrections(demonstrationId)), late);
  });

  it('are given once: whoever has one of the demonstration gets no second', async () => {
    const credit = {
      ...{ demonstrationId, accountId: randomUUID(), facilityId: randomUUID() },
      ...{ pointsTenths: 15, givenBy: randomUUID(), givenAt: NOW },
    };
    await database.write((stores) => stores.credits.insert([credit]));
    await assert.rejects(database.write((stores) => stores.credits.insert([{ ...credit, pointsTenths: 90 }])));
    assert.deepEqual(await database.read.credits.list(demonstrationId), [credit]);
  });
});
