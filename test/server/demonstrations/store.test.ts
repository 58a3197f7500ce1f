import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Database } from '../../../server/database/database.ts';
import { type Demonstration, planned } from '../../../server/demonstrations/demonstration.ts';
import { eachDatabase } from '../../support/each-database.ts';

const AT = new Date('2026-12-01T01:00:00.000Z');
const NOW = AT.toISOString();

eachDatabase('demonstrations', (open) => {
  let database: Database;
  const [home, township, person] = [randomUUID(), randomUUID(), randomUUID()];

  beforeEach(async () => {
    database = await open();
    await database.write(async ({ facilities }) => {
      for (const [facilityId, parentId] of [
        [home, null],
        [township, home],
      ] as const)
        await facilities.insert({
          facilityId,
          parentId,
          name: '医院',
          tier: 'county',
          region6: '230125',
          changedAt: NOW,
        });
    });
  });

  const make = (changes: Partial<Demonstration> = {}): Demonstration => ({
    ...planned({ demonstrationId: randomUUID(), facilityId: home, surgeonId: person, createdBy: person }, AT),
    ...changes,
  });
  const put = async (changes: Partial<Demonstration> = {}): Promise<Demonstration> => {
    const one = make(changes);
    await database.write((stores) => stores.demonstrations.insert(one));
    return one;
  };
  const listIds = async (...[query]: Parameters<Database['read']['demonstrations']['listPage']>) =>
    (await database.read.demonstrations.listPage(query)).demonstrations.map((one) => one.demonstrationId);

  it('note that a server is up while they are live, as one stretch until there is a gap', async () => {
    const [live, over] = [await put({ state: 'live' }), await put({ state: 'ended' })];
    const later = (seconds: number) => new Date(AT.getTime() + seconds * 1000);
    for (const seconds of [0, 30, 29, 60, 600, 630])
      await database.write(async ({ demonstrations }) =>
        demonstrations.noteServed(await demonstrations.listLiveIds(), later(seconds), later(seconds - 90)),
      );
    const served = await database.read.demonstrations.listServed(live.demonstrationId);
    assert.deepEqual(
      served.map(({ fromAt, toAt }) => [fromAt, toAt]).toSorted(),
      [
        [later(0), later(60)],
        [later(600), later(630)],
      ].map((ends) => ends.map((end) => end.toISOString())),
    );
    assert.deepEqual(await database.read.demonstrations.listServed(over.demonstrationId), []);
  });

  it('keep all that was planned, in its order', async () => {
    const one = make({
      title: '示教 "引号" \\ 𠮷',
      procedure: '切除',
      description: '第一行\n第二行',
      specialty: '04.05',
      room: '三',
      startsAt: '2026-12-02T01:00:00.000Z',
      endsAt: '2026-12-02T04:00:00.000Z',
      capacity: 300,
      requiredPercent: 65,
      consultationId: randomUUID(),
      seats: [
        { seat: 'expert', accountId: randomUUID(), facilityId: township },
        { seat: 'theatre-signer', accountId: randomUUID(), facilityId: home },
        { seat: 'expert', accountId: randomUUID(), facilityId: home },
      ],
      audience: [
        { kind: 'person', id: randomUUID() },
        { kind: 'facility', id: township },
      ],
      materials: [
        { materialId: randomUUID(), listedBy: person, checkedBy: null, checkedAt: null, checkedCount: 0 },
        { materialId: randomUUID(), listedBy: person, checkedBy: randomUUID(), checkedAt: NOW, checkedCount: 120 },
      ],
      signOffs: { theatre: { accountId: randomUUID(), at: NOW }, ethics: null },
      askedAt: NOW,
      assessment: { by: person, at: NOW, liveS: 5400, requiredPercent: 65, remark: '线路中断 "两次"' },
      credit: { by: randomUUID(), at: NOW, pointsTenths: 15 },
    });
    await database.write((stores) => stores.demonstrations.insert(one));
    assert.deepEqual(await database.read.demonstrations.find(one.demonstrationId), one);
    assert.deepEqual(await database.read.demonstrations.findMany([one.demonstrationId, randomUUID()]), [one]);
    const next = { ...one, version: 2, seats: one.seats.slice(1), audience: [], capacity: null };
    await database.write(async ({ demonstrations }) => {
      assert.equal(await demonstrations.replace(next, 1), true);
      assert.deepEqual(await demonstrations.findForUpdate(one.demonstrationId), next);
    });
    await database.write(async ({ demonstrations }) => assert.equal(await demonstrations.replace(one, 1), false));
    assert.deepEqual(await database.read.demonstrations.find(one.demonstrationId), next, 'the later one stays');
  });

  it('are listed for whoever organizes, sits in, is enrolled or invited', async () => {
    const [colleague, alliance, watcher] = [randomUUID(), randomUUID(), randomUUID()];
    const early = await put({
      startsAt: '2026-12-02T01:00:00.000Z',
      state: 'enrolling',
      audience: [{ kind: 'facility', id: home }],
    });
    const late = await put({
      startsAt: '2026-12-03T01:00:00.000Z',
      state: 'enrolling',
      audience: [{ kind: 'alliance', id: alliance }],
    });
    const seated = await put({
      surgeonId: colleague,
      facilityId: township,
      seats: [{ seat: 'moderator', accountId: person, facilityId: home }],
      startsAt: '2026-12-04T01:00:00.000Z',
    });
    const page = { states: ['planned', 'enrolling'], order: 'ascending', page: 1, limit: 10 } as const;
    const own = { desk: 'own', accountId: person, facilityId: home, all: false } as const;
    assert.deepEqual(
      await listIds({ ...page, filter: own }),
      [early, late, seated].map((one) => one.demonstrationId),
    );
    assert.deepEqual(await listIds({ ...page, filter: { ...own, facilityId: township } }), [], 'acting elsewhere');
    const coordinates = { ...own, accountId: randomUUID(), facilityId: township, all: true };
    assert.deepEqual(await listIds({ ...page, filter: coordinates }), [seated.demonstrationId]);
    const watching = (entries: { kind: 'facility' | 'alliance' | 'person'; id: string }[]) =>
      ({
        desk: 'watch',
        accountId: watcher,
        facilityId: township,
        entries,
        invitedStates: ['enrolling'],
        enrolledStates: ['enrolling', 'cancelled'],
      }) as const;
    const facility = { kind: 'facility', id: home } as const;
    assert.deepEqual(await listIds({ ...page, filter: watching([facility]) }), [early.demonstrationId]);
    assert.deepEqual(await listIds({ ...page, filter: watching([{ kind: 'alliance', id: home }]) }), [], 'by its kind');
    const both = watching([facility, { kind: 'alliance', id: alliance }]);
    assert.deepEqual(await listIds({ ...page, order: 'descending', filter: both }), [
      late.demonstrationId,
      early.demonstrationId,
    ]);
    assert.deepEqual(await database.read.demonstrations.listPage({ ...page, page: 2, limit: 1, filter: both }), {
      demonstrations: [late],
      total: 2,
    });
    await database.write(({ demonstrations }) =>
      demonstrations.putEnrolment({
        demonstrationId: late.demonstrationId,
        accountId: watcher,
        appointmentId: watcher,
        facilityId: township,
        enrolledAt: NOW,
        withdrawnAt: null,
      }),
    );
    assert.deepEqual(await listIds({ ...page, filter: watching([]) }), [late.demonstrationId], 'enrolled');
    const people = (facilityIds: string[]) => ({
      ...page,
      filter: { desk: 'people', facilityIds, homeStates: ['credited'] } as const,
    });
    assert.deepEqual(await listIds(people([township])), [late.demonstrationId]);
    assert.deepEqual([await listIds(people([home])), await listIds(people([]))], [[], []]);
    const held = await put({ startsAt: '2026-12-05T01:00:00.000Z', state: 'credited' });
    const alsoOver = { states: ['enrolling', 'credited'] as const };
    assert.deepEqual(await listIds({ ...people([home]), ...alsoOver }), [held.demonstrationId], 'held there');
  });

  it('count who is enrolled, each person once', async () => {
    const { demonstrationId } = await put();
    const enrolment = (accountId: string) => ({
      demonstrationId,
      accountId,
      appointmentId: accountId,
      facilityId: home,
      enrolledAt: NOW,
      withdrawnAt: null as string | null,
    });
    const [one, other] = [enrolment(randomUUID()), enrolment(randomUUID())];
    await database.write(async ({ demonstrations }) => {
      for (const row of [one, other, one]) await demonstrations.putEnrolment(row);
    });
    const { demonstrations } = database.read;
    const count = async () => (await demonstrations.countEnrolled([demonstrationId])).get(demonstrationId);
    assert.equal(await count(), 2);
    await database.write((stores) => stores.demonstrations.putEnrolment({ ...one, withdrawnAt: NOW }));
    assert.equal(await count(), 1);
    const enrolledIn = (accountId: string, facilityId = home) =>
      demonstrations.listEnrolledIn({ accountId, facilityId }, [demonstrationId]);
    assert.deepEqual([...(await enrolledIn(one.accountId))], []);
    assert.deepEqual([...(await enrolledIn(other.accountId))], [demonstrationId]);
    assert.deepEqual([...(await enrolledIn(other.accountId, township))], [], 'for the facility that they acted for');
    assert.equal((await demonstrations.listEnrolments(demonstrationId)).length, 2);
    assert.equal((await demonstrations.findEnrolment(demonstrationId, one.accountId))?.withdrawnAt, NOW);
  });

  it('go on at the facility that takes theirs over, and stay where they were once they have ended', async () => {
    const seats = [{ seat: 'moderator' as const, accountId: person, facilityId: home }];
    const audience = [{ kind: 'facility' as const, id: home }];
    const going = await put({ state: 'enrolling', seats, audience });
    const over = await put({ state: 'ended', seats, audience });
    await database.write(({ demonstrations }) => demonstrations.moveFacility(home, township));
    const { demonstrations } = database.read;
    const moved = await demonstrations.find(going.demonstrationId);
    assert.deepEqual(
      [moved?.facilityId, moved?.seats[0]?.facilityId, moved?.audience[0]?.id],
      [township, township, township],
    );
    assert.deepEqual(await demonstrations.find(over.demonstrationId), over);
  });

  it('are found by their time, their case, and what has been told of them', async () => {
    const consultationId = randomUUID();
    const one = await put({
      consultationId,
      state: 'enrolling',
      startsAt: '2026-12-01T01:10:00.000Z',
      endsAt: '2026-12-01T03:00:00.000Z',
    });
    const { demonstrations } = database.read;
    assert.deepEqual(await demonstrations.listOfCase(consultationId), [one]);
    const between = (from: string, to: string) => demonstrations.listBetween(home, ['enrolling'], { from, to });
    assert.deepEqual(await between('2026-12-01T02:00:00.000Z', '2026-12-01T04:00:00.000Z'), [one]);
    assert.deepEqual(await between('2026-12-01T03:00:00.000Z', '2026-12-01T04:00:00.000Z'), [], 'one after the other');
    const beginning = (until: string) => demonstrations.listBeginning(['enrolling'], AT, new Date(until));
    assert.deepEqual(await beginning('2026-12-01T01:10:00.000Z'), [one]);
    assert.deepEqual(await beginning('2026-12-01T01:09:59.999Z'), []);
    const note = () =>
      database.write((stores) => stores.demonstrations.noteReminder(one.demonstrationId, one.startsAt ?? '', AT));
    assert.deepEqual([await note(), await note()], [true, false]);
  });
});
