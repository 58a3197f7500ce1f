import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Database } from '../../../server/database/database.ts';
import {
  countChecks,
  dueAt,
  OPEN_MS,
  type PresenceCheck,
  SLOT_MS,
  slotAt,
} from '../../../server/demonstrations/checks/check.ts';
import { planned } from '../../../server/demonstrations/demonstration.ts';
import { enterPerson } from '../../support/add-person.ts';
import { connect } from '../../support/connect.ts';
import {
  type DemonstrationWorld,
  enrolIn,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
} from '../../support/demonstration-world.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { createRandom } from '../../support/random.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const BEGAN = '2026-12-01T01:00:00.000Z';
const sinceBegan = (ms: number) => new Date(Date.parse(BEGAN) + ms);
const check = (demonstrationId: string, changes: Partial<PresenceCheck> = {}): PresenceCheck => ({
  checkId: randomUUID(),
  demonstrationId,
  slot: 0,
  dueAt: BEGAN,
  askedAt: null,
  ...changes,
});

describe('presence checks', function () {
  this.timeout(180_000);

  it('[DM26] are due within their half hour, with time left to answer', () => {
    const random = createRandom(7);
    for (let turn = 0; turn < 300; turn += 1) {
      const now = sinceBegan(random.below(4 * SLOT_MS));
      const slot = slotAt(BEGAN, now);
      const due = dueAt(BEGAN, now, random.below(1000) / 1000);
      const latest = (slot + 1) * SLOT_MS - OPEN_MS;
      if (due) assert.ok(due >= now && due.getTime() <= sinceBegan(latest).getTime(), `turn ${turn}`);
      else assert.ok(now.getTime() > sinceBegan(latest).getTime(), `turn ${turn}`);
    }
  });

  it('[DM26] count for whoever was there when it was asked, or answered', () => {
    const asked = (ms: number) => check('', { askedAt: sinceBegan(ms).toISOString() });
    const checks = [asked(1000), asked(5000), asked(9000), check('')];
    const there = [{ fromMs: sinceBegan(0).getTime(), toMs: sinceBegan(5000).getTime() }];
    const answered = (...which: number[]) => new Set(which.map((one) => checks[one]?.checkId ?? ''));
    const live = [{ fromMs: sinceBegan(0).getTime(), toMs: sinceBegan(SLOT_MS).getTime() }];
    assert.deepEqual(countChecks(checks, answered(), there, live), { checksAsked: 1, checksAnswered: 0 });
    assert.deepEqual(countChecks(checks, answered(0, 2), there, live), { checksAsked: 2, checksAnswered: 2 });
  });

  it('[DM26] count against nobody where the end or an outage cut the time to answer short', () => {
    const asked = check('', { askedAt: sinceBegan(1000).toISOString() });
    const span = (fromMs: number, toMs: number) => ({
      fromMs: sinceBegan(fromMs).getTime(),
      toMs: sinceBegan(toMs).getTime(),
    });
    const unanswered = (...live: ReturnType<typeof span>[]) => countChecks([asked], new Set(), live, live).checksAsked;
    assert.equal(unanswered(span(0, 21_000)), 0, 'it ended 20 s later');
    assert.equal(unanswered(span(0, 11_000), span(600_000, SLOT_MS)), 0, 'no server was up');
    assert.equal(unanswered(span(0, 1000 + OPEN_MS)), 1, 'all the time was given');
    const soon = span(0, 21_000);
    assert.deepEqual(countChecks([asked], new Set([asked.checkId]), [soon], [soon]), {
      checksAsked: 1,
      checksAnswered: 1,
    });
  });

  describe('over the network', () => {
    let server: RunningServer;
    let world: DemonstrationWorld;
    before(async () => {
      server = await startServer();
      world = await openDemonstrationWorld(server);
    });
    after(() => server?.close());

    it('[DM26] are told to who watches, again after a reload, answered once, and stand in the attendance', async () => {
      const { demonstrationId } = await placeDemonstration(world, 'live');
      const silent = await enterPerson(server, 'trainee', INVITED);
      const { watcher } = world;
      for (const person of [watcher, silent]) await enrolIn(world, demonstrationId, person);
      const enter = async (cookie: string) => {
        const window = await connect(server.url, cookie);
        await window.request('demonstration:enter', { demonstrationId });
        return window;
      };
      const windows = [await enter(watcher.client.cookie), await enter(silent.client.cookie)];
      const due = check(demonstrationId, { dueAt: new Date().toISOString() });
      await server.database.write(({ presenceChecks }) => presenceChecks.insertNew(due));
      const asked = await windows[0]?.next('demonstration:check-asked');
      assert.equal(asked?.checkId, due.checkId);
      const params = { demonstrationId, checkId: due.checkId };
      for (let count = 0; count < 2; count += 1) await watcher.client.call('demonstration:answer-check', { params });
      windows.push(await enter(watcher.client.cookie), await enter(silent.client.cookie));
      assert.deepEqual((await windows[3]?.next('demonstration:check-asked'))?.checkId, due.checkId);
      assert.deepEqual(windows[2]?.pending('demonstration:check-asked'), [], 'who has answered is left alone');
      const { people } = await world.surgeon.call('demonstration:attendance', { params: { demonstrationId } });
      const of = (accountId: string) => {
        const one = people.find(({ person }) => person.accountId === accountId);
        return [one?.checksAsked, one?.checksAnswered];
      };
      assert.deepEqual(
        [of(watcher.accountId), of(silent.accountId)],
        [
          [1, 1],
          [0, 0],
        ],
        'one that can still be answered is not missed yet',
      );
      const table = await (await world.surgeon.fetch(`/api/demonstrations/${demonstrationId}/attendance.csv`)).text();
      assert.match(table, /应答次数/);
      const late = check(demonstrationId, { slot: 1, askedAt: new Date(Date.now() - OPEN_MS - 1000).toISOString() });
      await server.database.write(({ presenceChecks }) => presenceChecks.insertNew(late));
      const over = await silent.client.ask('demonstration:answer-check', {
        params: { demonstrationId, checkId: late.checkId },
      });
      assert.deepEqual([over.status, (over.body as { reason?: string }).reason], [409, 'check-over']);
      const acts = (await (await server.signIn('auditor')).call('audit:list', { query: {} })).filter(
        ({ action, subjectId }) => action === 'demonstration:answer-check' && subjectId === demonstrationId,
      );
      assert.equal(acts.length, 1);
      for (const window of windows) window.close();
    });
  });
});

eachDatabase('what is kept of presence checks', (open) => {
  let database: Database;
  beforeEach(async () => {
    database = await open();
  });

  it('[DM26] is one check for each half hour, asked once, with one answer of each person', async () => {
    const [demonstrationId, facilityId, accountId] = [randomUUID(), randomUUID(), randomUUID()];
    const one = check(demonstrationId);
    await database.write(async ({ facilities, demonstrations, presenceChecks }) => {
      const facility = { facilityId, parentId: null, name: '医院', tier: 'county' as const, region6: '230125' };
      await facilities.insert({ ...facility, changedAt: BEGAN });
      await demonstrations.insert(
        planned({ demonstrationId, facilityId, surgeonId: accountId, createdBy: accountId }, sinceBegan(0)),
      );
      assert.deepEqual(
        [await presenceChecks.insertNew(one), await presenceChecks.insertNew(check(demonstrationId))],
        [true, false],
      );
      assert.deepEqual(
        [
          await presenceChecks.noteAsked(one.checkId, sinceBegan(1)),
          await presenceChecks.noteAsked(one.checkId, sinceBegan(2)),
        ],
        [true, false],
      );
      const answer = { checkId: one.checkId, accountId, answeredAt: sinceBegan(3).toISOString() };
      assert.deepEqual([await presenceChecks.answer(answer), await presenceChecks.answer(answer)], [true, false]);
    });
    const { presenceChecks } = database.read;
    const asked = { ...one, askedAt: sinceBegan(1).toISOString() };
    assert.deepEqual(
      [await presenceChecks.find(one.checkId), await presenceChecks.list(demonstrationId)],
      [asked, [asked]],
    );
    assert.equal((await presenceChecks.listAnswers(demonstrationId)).length, 1);
    assert.deepEqual(await presenceChecks.listAnswers(randomUUID()), []);
  });
});
