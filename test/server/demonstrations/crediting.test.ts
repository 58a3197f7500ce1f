import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { NoticeKind } from '../../../server/contract/index.ts';
import type { Demonstration } from '../../../server/demonstrations/demonstration.ts';
import { enterPerson } from '../../support/add-person.ts';
import type { Client } from '../../support/client.ts';
import {
  type DemonstrationWorld,
  type Entered,
  enrolIn,
  FOREIGN,
  HOME,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
} from '../../support/demonstration-world.ts';
import { eventually } from '../../support/eventually.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const MINUTE_MS = 60_000;
const BEGAN = Date.now() - 200 * MINUTE_MS;
const at = (minutes: number) => new Date(BEGAN + minutes * MINUTE_MS).toISOString();
/** A hundred minutes, so that minutes are per cent. */
const OVER = { beganAt: at(0), endedAt: at(100) };

describe('a demonstration that is over', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let world: DemonstrationWorld;
  let officer: Entered;
  let second: Entered;
  /** There for so many minutes, and how many of two presence checks they answered. */
  const WATCHED: Record<string, [minutes: number, answered: number]> = {
    whole: [85, 2],
    short: [79, 2],
    silent: [95, 1],
    absent: [0, 0],
    withdrawn: [100, 2],
  };
  const people: Record<string, Entered> = {};

  before(async () => {
    server = await startServer();
    world = await openDemonstrationWorld(server);
    officer = await enterPerson(server, 'facility-admin', HOME);
    second = await enterPerson(server, 'facility-admin', HOME);
    for (const name of Object.keys(WATCHED)) people[name] = await enterPerson(server, 'trainee', INVITED);
  });
  after(() => server?.close());

  const who = (name: string): Entered => people[name] ?? assert.fail(name);
  const moderator = () => world.moderator.client;

  async function place(state: Demonstration['state'] = 'ended', changes: Partial<Demonstration> = {}) {
    const { demonstrationId } = await placeDemonstration(world, state, { ...OVER, ...changes });
    const checkIds = [randomUUID(), randomUUID()];
    await server.database.write(async ({ demonstrations, presenceChecks }) => {
      for (const [slot, checkId] of checkIds.entries()) {
        const askedAt = at(10 + slot * 30);
        await presenceChecks.insertNew({ checkId, demonstrationId, slot, dueAt: askedAt, askedAt });
      }
      for (const [name, [minutes, answered]] of Object.entries(WATCHED)) {
        const { accountId, facilityId } = who(name);
        const withdrawnAt = name === 'withdrawn' ? at(150) : null;
        const place = { demonstrationId, accountId, facilityId };
        await demonstrations.putEnrolment({ ...place, appointmentId: accountId, enrolledAt: at(-60), withdrawnAt });
        const toAt = at(minutes);
        const window = { windowId: randomUUID().slice(0, 20), fromAt: at(0), lastSeenAt: toAt, toAt, hasLeft: true };
        if (minutes > 0) await demonstrations.insertPresence({ presenceId: randomUUID(), ...place, ...window });
        for (const checkId of checkIds.slice(0, answered))
          await presenceChecks.answer({ checkId, accountId, answeredAt: at(50) });
      }
    });
    return { demonstrationId };
  }

  const attendance = (client: Client, params: { demonstrationId: string }) =>
    client.call('demonstration:attendance', { params });
  async function stepped(client: Client, params: { demonstrationId: string }) {
    const { version } = await attendance(client, params);
    return { params, version };
  }
  async function assess(params: { demonstrationId: string }, remark = '') {
    const { version } = await stepped(moderator(), params);
    return moderator().call('demonstration:assess', { params, body: { version, remark } });
  }
  async function credit(params: { demonstrationId: string }, points = 1.5) {
    const { version } = await stepped(officer.client, params);
    return officer.client.call('demonstration:credit', { params, body: { version, points } });
  }
  const refused = async (asking: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await asking;
    if (status < 400) return `${status}`;
    return `${status} ${(body as { reason?: string; code: string }).reason ?? (body as { code: string }).code}`;
  };
  const unread = async ({ client }: Entered, demonstrationId: string): Promise<NoticeKind[]> =>
    (await client.call('notices:list')).notices
      .filter((one) => one.demonstration?.demonstrationId === demonstrationId)
      .map(({ kind }) => kind);
  const rows = async (client: Client, params: { demonstrationId: string }) =>
    Object.fromEntries(
      (await attendance(client, params)).people.flatMap((one) => {
        const name = Object.keys(people).find((key) => who(key).accountId === one.person.accountId);
        return name === undefined ? [] : [[name, one]];
      }),
    );
  const results = async (client: Client, params: { demonstrationId: string }) =>
    Object.fromEntries(
      Object.entries(await rows(client, params)).map(([name, one]) => [name, [one.qualifies, one.points]]),
    );

  it('[DM43] is assessed once, by those at its desk, as the list had said, and whoever credits is told', async () => {
    const params = await place();
    const expected = {
      whole: [true, null],
      short: [false, null],
      silent: [false, null],
      absent: [false, null],
      withdrawn: [null, null],
    };
    assert.deepEqual(await results(moderator(), params), expected);
    const { version } = await attendance(moderator(), params);
    const body = { version, remark: '第二段线路中断，已与讲者核对。' };
    const named = await refused(
      moderator().ask('demonstration:assess', { params, body: { ...body, remark: '张建国的手术' } }),
    );
    assert.equal(named, '400 patient-named');
    assert.equal(await refused(who('whole').client.ask('demonstration:assess', { params, body })), '403 forbidden');
    const view = await moderator().call('demonstration:assess', { params, body });
    assert.equal(view.state, 'assessed');
    assert.ok(!view.actions.includes('assess') && view.actions.includes('read-attendance'));
    const again = { ...body, version: version + 1 };
    assert.equal(
      await refused(moderator().ask('demonstration:assess', { params, body: again })),
      '409 state-not-allowed',
    );
    assert.equal(
      await refused(moderator().ask('demonstration:assess', { params, body })),
      '409 version-outdated',
      'pressed in two windows',
    );
    const { assessment, requiredPercent, liveS } = await attendance(world.surgeon, params);
    assert.deepEqual([assessment?.remark, requiredPercent, liveS], [body.remark, 80, 6000]);
    assert.deepEqual(await results(world.surgeon, params), expected);
    const { client } = await enterPerson(server, 'facility-admin', INVITED);
    const ofOthers = await attendance(client, params);
    assert.deepEqual([ofOthers.everybody, ofOthers.assessment?.remark], [false, ''], 'sees their own people alone');
    await eventually('the officer is told', async () =>
      (await unread(officer, params.demonstrationId)).includes('demonstration-assessed'),
    );
    const own = await who('short').client.call('demonstration:read', { params });
    assert.deepEqual(own.own, { qualifies: false, points: null });
  });

  it('[DM43] waits until it is known who was there to the end, and holds people to what the plan said', async () => {
    const fresh = await place('ended', { endedAt: new Date().toISOString() });
    const { version, assessableAt } = await attendance(moderator(), fresh);
    assert.ok(assessableAt !== null && assessableAt > new Date().toISOString());
    const body = { version, remark: '' };
    assert.equal(
      await refused(moderator().ask('demonstration:assess', { params: fresh, body })),
      '409 state-not-allowed',
    );
    const lenient = await place('ended', { requiredPercent: 50 });
    await assess(lenient);
    const { short, silent, absent } = await results(moderator(), lenient);
    assert.deepEqual(
      [short, silent, absent].map((one) => one?.[0]),
      [true, true, false],
    );
  });

  it('[DM44] credits those who watched enough, once, and they see it', async () => {
    const params = await place();
    const early = { params, body: { version: 1, points: 1.5 } };
    assert.equal(await refused(officer.client.ask('demonstration:credit', early)), '409 state-not-allowed');
    await assess(params);
    const { version } = await attendance(officer.client, params);
    assert.equal(
      await refused(moderator().ask('demonstration:credit', { params, body: { version, points: 1.5 } })),
      '403 forbidden',
    );
    for (const points of [0, -1, 0.05, 25.5])
      assert.equal(
        await refused(officer.client.ask('demonstration:credit', { params, body: { version, points } })),
        '400 invalid-message',
        `${points}`,
      );
    const both = await Promise.all([
      officer.client.ask('demonstration:credit', { params, body: { version, points: 1.5 } }),
      second.client.ask('demonstration:credit', { params, body: { version, points: 2 } }),
    ]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409], 'of two at once one');
    const points = both[0]?.status === 200 ? 1.5 : 2;
    assert.deepEqual(await results(moderator(), params), {
      whole: [true, points],
      short: [false, null],
      silent: [false, null],
      absent: [false, null],
      withdrawn: [null, null],
    });
    const again = { params, body: { version: version + 1, points: 3 } };
    assert.equal(await refused(second.client.ask('demonstration:credit', again)), '409 state-not-allowed');
    const { whole, short } = people;
    assert.ok(whole && short);
    await eventually('who is credited is told', async () =>
      (await unread(whole, params.demonstrationId)).includes('demonstration-credited'),
    );
    assert.ok(!(await unread(short, params.demonstrationId)).includes('demonstration-credited'));
    const [own, ...others] = await whole.client.call('own-credits:list');
    assert.deepEqual(
      [own?.demonstrationId, own?.points, own?.presentS, own?.liveS, own?.correction, others.length],
      [params.demonstrationId, points, 85 * 60, 6000, null, 0],
    );
    assert.deepEqual(await short.client.call('own-credits:list'), []);
    const csv = await (
      await officer.client.fetch(`/api/demonstrations/${params.demonstrationId}/attendance.csv?language=en`)
    ).text();
    assert.match(csv, new RegExp(`,85\\.0,2,2,85%,watched enough,${points},\r\n`));
    assert.match(csv, /,79\.0,2,2,79%,not enough,,\r\n/);
  });

  it('[DM45] [DM46] is put right by another person alone, with a reason that whoever is concerned reads, and the trail has not', async () => {
    const params = await place();
    await assess(params, '线路中断');
    await credit(params);
    const correct = async (by: Entered, name: string, body: { points: number; reason: string }) => {
      const { version } = await attendance(by.client, params);
      const { accountId } = who(name);
      return refused(
        by.client.ask('demonstration:correct-credit', {
          params: { ...params, accountId },
          body: { version, ...body },
        }),
      );
    };
    const given = { points: 1, reason: '已补看回放并通过提问' };
    const mayCorrect = async ({ client }: Entered) => (await rows(client, params))['silent']?.mayCorrect;
    assert.deepEqual([await mayCorrect(officer), await mayCorrect(second)], [false, true]);
    assert.equal(await correct(officer, 'silent', given), '403 credit-second-person', 'whoever gave them');
    assert.equal(await correct(second, 'silent', { ...given, reason: ' ' }), '400 reason-missing');
    assert.equal(await correct(second, 'silent', { ...given, reason: '张建国' }), '400 patient-named');
    assert.equal(await correct(second, 'silent', { ...given, points: 0 }), '400 invalid-message', 'nothing changes');
    assert.equal(await correct(second, 'withdrawn', given), '404 not-found', 'was not assessed');
    assert.equal(await correct(second, 'silent', given), '200');
    const [own] = await who('silent').client.call('own-credits:list');
    assert.deepEqual(
      [own?.points, own?.correction?.reason, own?.correction?.before, own?.correction?.by.accountId],
      [1, given.reason, 0, second.accountId],
    );
    await eventually('who is concerned is told', async () =>
      (await unread(who('silent'), params.demonstrationId)).includes('demonstration-credit-corrected'),
    );
    assert.equal(await correct(second, 'silent', { points: 2, reason: '再改' }), '403 credit-second-person');
    assert.equal(await correct(officer, 'silent', { points: 0, reason: '回放未看完' }), '200');
    assert.equal((await who('silent').client.call('own-credits:list'))[0]?.points, 0, 'stays in the list');
    const acts = (
      await server.database.read.audit.listOfSubject(
        { subjectKind: 'demonstration', subjectId: params.demonstrationId },
        { limit: 10 },
      )
    ).reverse();
    assert.deepEqual(
      acts.map(({ action }) => action.split(':')[1]),
      ['assess', 'credit', 'correct-credit', 'correct-credit'],
    );
    assert.doesNotMatch(JSON.stringify(acts), /回放|线路/);
  });

  it('[DM43] [DM44] is assessed and credited after its replay as well, which stays as it is', async () => {
    const params = await place('published');
    assert.equal((await assess(params)).state, 'published');
    assert.equal((await credit(params)).state, 'published');
    assert.deepEqual((await results(officer.client, params))['whole'], [true, 1.5]);
  });

  it('[DM2] is seen by the administrator of its facility, also where nobody of theirs was enrolled, from its end on', async () => {
    const { client } = await enterPerson(server, 'facility-admin', FOREIGN);
    const [live, over] = [
      await placeDemonstration(world, 'live', { facilityId: FOREIGN }),
      await place('ended', { facilityId: FOREIGN }),
    ];
    await enrolIn(world, live.demonstrationId, world.watcher);
    const listed = async (when: 'now' | 'past') =>
      (await client.call('demonstrations:list', { query: { desk: 'people', when } })).lines.map(
        (line) => line.demonstrationId,
      );
    assert.deepEqual([await listed('now'), await listed('past')], [[], [over.demonstrationId]]);
    assert.equal(
      (await client.ask('demonstration:read', { params: { demonstrationId: live.demonstrationId } })).status,
      404,
    );
    assert.equal((await attendance(client, over)).people.length, Object.keys(WATCHED).length, 'whoever they belong to');
  });
});
