import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { DemonstrationView, NoticeKind } from '../../../server/contract/index.ts';
import { toDraft } from '../../../server/demonstrations/demonstration.ts';
import { remindOfDemonstrations } from '../../../server/demonstrations/reminders.ts';
import { createLog } from '../../../server/runtime/log.ts';
import { enterPerson } from '../../support/add-person.ts';
import type { Client } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import {
  type DemonstrationWorld,
  enrolIn,
  HOME,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
  teachableCase,
  wholePlan,
} from '../../support/demonstration-world.ts';
import { eventually } from '../../support/eventually.ts';
import { signedConsent } from '../../support/signed-consent.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('what happens around a demonstration', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let world: DemonstrationWorld;
  const hallReady = true;

  before(async () => {
    server = await startServer({ isHallReady: () => hallReady });
    world = await openDemonstrationWorld(server);
  });
  after(() => server?.close());

  const read = (client: Client, demonstrationId: string) =>
    client.call('demonstration:read', { params: { demonstrationId } });
  const refused = async (
    asking: Promise<{ status: number; body: unknown }>,
  ): Promise<{ status: number; reason?: string; fields?: string[] }> => {
    const { status, body } = await asking;
    const { reason, fields } = body as { reason?: string; fields?: string[] };
    return { status, ...(reason ? { reason } : {}), ...(fields ? { fields } : {}) };
  };
  const unread = async (client: Client): Promise<NoticeKind[]> =>
    (await client.call('notices:list')).notices.filter((one) => one.demonstration !== null).map(({ kind }) => kind);
  const hears = (client: Client, kinds: NoticeKind[]) =>
    eventually(`told of ${kinds.join(', ')}`, async () => isDeepStrictEqual(await unread(client), kinds));
  const planOf = ({ plan }: DemonstrationView) => plan ?? assert.fail('no plan');

  it('[DM6] ends with the consent: what was opened is cancelled, what is on ends, and people hear of it at once', async () => {
    const consultationId = await teachableCase(world.doctor);
    const [enrolling, live, planned] = [
      await placeDemonstration(world, 'enrolling', { consultationId }),
      await placeDemonstration(world, 'live', { consultationId }),
      await placeDemonstration(world, 'planned', { consultationId }),
    ];
    const watcher = await enterPerson(server, 'trainee', INVITED);
    for (const { demonstrationId } of [enrolling, live]) await enrolIn(world, demonstrationId, watcher);
    const window = await connect(server.url, watcher.client.cookie);
    const heard: string[] = [];
    window.socket.on('demonstration:changed', ({ demonstrationId }: { demonstrationId: string }) => {
      heard.push(demonstrationId);
    });
    try {
      await world.doctor.call('consent:withdraw', {
        params: { consultationId },
        body: { scopes: ['teach'], askedBy: 'patient', askedByName: '', reason: '不愿公开' },
      });
      const states = await Promise.all(
        [enrolling, live, planned].map(
          async ({ demonstrationId }) => (await read(world.surgeon, demonstrationId)).state,
        ),
      );
      assert.deepEqual(states, ['cancelled', 'ended', 'planned']);
      const firstGap = async () => planOf(await read(world.surgeon, planned.demonstrationId)).gaps[0];
      assert.equal(await firstGap(), 'teach-consent');
      const give = (textVersion: '2' | '3') => {
        const { given: _, ...terms } = signedConsent('张建国', { scopes: ['teach'], textVersion });
        return world.doctor.call('consent:give', { params: { consultationId }, body: terms });
      };
      await give('2');
      assert.equal(await firstGap(), 'teach-consent', 'that wording said nothing of operations');
      await give('3');
      assert.notEqual(await firstGap(), 'teach-consent');
      const both = [enrolling.demonstrationId, live.demonstrationId].toSorted();
      await eventually('both are heard of', () => isDeepStrictEqual(heard.toSorted(), both));
      await hears(watcher.client, ['demonstration-cancelled']);
      const cancelled = await read(watcher.client, enrolling.demonstrationId);
      assert.ok(!JSON.stringify(cancelled).includes('不愿公开'), 'why is between the patient and their hospital');
    } finally {
      window.socket.disconnect();
    }
  });

  it('[DM5] is opened only once a second person has looked through what is to be shown', async () => {
    const material = await server.database.write(({ materials }) =>
      materials.insert({
        materialId: crypto.randomUUID(),
        consultationId: world.consultationId,
        kind: 'documents',
        studyInstanceUid: '',
        facilityId: INVITED,
        fileSha256: 'b'.repeat(64),
        addedBy: world.surgeonId,
        addedAt: new Date().toISOString(),
      }),
    );
    const { materialId } = material;
    const { demonstrationId } = await placeDemonstration(world, 'planned', { askedAt: null });
    const params = { demonstrationId };
    const draft = { ...toDraft(wholePlan(world, 'planned')), materialIds: [materialId] };
    const listed = await world.coordinator.call('demonstration:save', { params, body: { ...draft, version: 1 } });
    assert.deepEqual([planOf(listed).shownCount, planOf(listed).checkedCount], [1, 0]);
    assert.deepEqual(planOf(listed).gaps[0], 'materials-unchecked');
    const check = (client: Client, body = { version: 2, pictureCount: 1 }) =>
      refused(client.ask('demonstration:check-material', { params: { ...params, materialId }, body }));
    assert.deepEqual(await check(world.coordinator), { status: 403, reason: 'people-not-apart' });
    assert.deepEqual(
      await check(world.moderator.client),
      { status: 404 },
      'who does not see the case cannot have looked',
    );
    const { accountId: specialistId } = (await (await server.signIn('specialist')).call('session:read')).person;
    const holder = { seat: 'nurse' as const, accountId: specialistId, facilityId: HOME };
    const seats = [...draft.seats.filter(({ seat }) => seat !== 'nurse'), holder];
    await world.coordinator.call('demonstration:save', { params, body: { ...draft, seats, version: 2 } });
    const specialist = await server.signIn('specialist');
    assert.deepEqual(
      await check(specialist, { version: 3, pictureCount: 7 }),
      { status: 409, reason: 'pictures-added' },
      'what has come or gone since was not looked at',
    );
    assert.equal(planOf(await read(specialist, demonstrationId)).checkedCount, 0);
    const checked = await specialist.call('demonstration:check-material', {
      params: { ...params, materialId },
      body: { version: 3, pictureCount: 1 },
    });
    assert.deepEqual([planOf(checked).checkedCount, planOf(checked).gaps[0]], [1, 'sign-off-request']);
  });

  it('[DM11] tells everybody once when it begins in a quarter of an hour, again where it was moved', async () => {
    const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    const one = await placeDemonstration(world, 'enrolling', { startsAt: soon(10), endsAt: soon(100) });
    const watcher = await enterPerson(server, 'trainee', INVITED);
    await enrolIn(world, one.demonstrationId, watcher);
    const parts = {
      work: server.database,
      clock: () => new Date(),
      notify: { toAppointments: () => undefined } as unknown as Parameters<typeof remindOfDemonstrations>[0]['notify'],
      log: createLog('silent', 'test'),
    };
    await remindOfDemonstrations(parts);
    await Promise.all([remindOfDemonstrations(parts), remindOfDemonstrations(parts)]);
    assert.deepEqual(await unread(watcher.client), ['demonstration-soon']);
    const params = { demonstrationId: one.demonstrationId };
    const body = { version: 1, startsAt: soon(12), endsAt: soon(100), room: '第三手术间' };
    await world.surgeon.call('demonstration:move', { params, body });
    await remindOfDemonstrations(parts);
    assert.deepEqual((await unread(watcher.client)).toSorted(), [
      'demonstration-moved',
      'demonstration-soon',
      'demonstration-soon',
    ]);
  });

  it('[DM12] tells of another one of the same surgeon or in the same theatre at that time', async () => {
    const from = new Date(Date.now() + 50 * 3_600_000).toISOString();
    const [startsAt, endsAt] = [from, new Date(Date.parse(from) + 3_600_000).toISOString()];
    const one = await placeDemonstration(world, 'planned', { startsAt, endsAt, room: '九号' });
    const other = await placeDemonstration(world, 'planned', { startsAt, endsAt, room: '九号' });
    const overlaps = planOf(await read(world.surgeon, one.demonstrationId)).overlaps;
    assert.deepEqual(
      overlaps.map(({ what, demonstrationId }) => [what, demonstrationId]),
      [
        ['surgeon', other.demonstrationId],
        ['room', other.demonstrationId],
      ],
    );
  });

  it('finds people, hospitals and alliances by name for whoever plans', async () => {
    const { people, facilities } = await world.surgeon.call('demonstration-choices:search', { query: { q: '青溪' } });
    assert.ok(facilities.some(({ facilityId }) => facilityId === INVITED));
    assert.deepEqual(people, []);
    const found = await world.surgeon.call('demonstration-choices:search', { query: { q: '李春' } });
    assert.deepEqual(
      found.people.map(({ name, facilityId }) => [name, facilityId]),
      [['李春梅', INVITED]],
    );
    const own = await world.surgeon.call('demonstration-choices:search', { query: { q: '' } });
    assert.ok(own.people.length > 0 && own.people.every(({ facilityId }) => facilityId === HOME));
  });
});
