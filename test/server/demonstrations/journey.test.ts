import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { DemonstrationView, NoticeKind } from '../../../server/contract/index.ts';
import { toDraft } from '../../../server/demonstrations/demonstration.ts';
import { enterPerson } from '../../support/add-person.ts';
import type { Client } from '../../support/client.ts';
import {
  type DemonstrationWorld,
  HOME,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
  wholePlan,
} from '../../support/demonstration-world.ts';
import { eventually } from '../../support/eventually.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('a demonstration', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let world: DemonstrationWorld;
  let hallReady = true;

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

  /** The coordinator sees the case; the surgeon's plan is theirs together. */
  async function prepare(): Promise<DemonstrationView> {
    const created = await world.surgeon.call('demonstration:create', { body: {} });
    const params = { demonstrationId: created.demonstrationId };
    const draft = toDraft(wholePlan(world, 'planned'));
    return world.coordinator.call('demonstration:save', { params, body: { ...draft, version: 1 } });
  }

  it('[DM4] is planned, asked for, signed by both, opened, enrolled in, begun and ended', async () => {
    const saved = await prepare();
    const { demonstrationId } = saved;
    const params = { demonstrationId };
    assert.deepEqual(planOf(saved).gaps, ['sign-off-request', 'theatre-sign-off', 'ethics-sign-off']);
    assert.equal(planOf(saved).consent, 'given');
    let { version } = planOf(await read(world.surgeon, demonstrationId));
    assert.equal(
      (await world.theatre.client.ask('demonstration:sign-theatre', { params, body: { version } })).status,
      409,
    );
    const stepped = async (client: Client, name: Parameters<Client['ask']>[0]): Promise<DemonstrationView> => {
      const answer = await client.ask(name, { params, body: { version } });
      assert.equal(answer.status, 200, `${name}: ${JSON.stringify(answer.body)}`);
      const view = await read(world.surgeon, demonstrationId);
      version = planOf(view).version;
      return view;
    };
    await stepped(world.surgeon, 'demonstration:ask-sign-off');
    await hears(world.theatre.client, ['demonstration-sign-off-asked']);
    assert.equal((await stepped(world.theatre.client, 'demonstration:sign-theatre')).state, 'planned');
    assert.equal((await stepped(world.ethics.client, 'demonstration:sign-ethics')).state, 'approved');
    await hears(world.moderator.client, ['demonstration-approved']);
    assert.equal((await world.watcher.client.ask('demonstration:read', { params })).status, 404, 'not opened yet');
    await stepped(world.moderator.client, 'demonstration:open-enrolment');
    const seen = await read(world.watcher.client, demonstrationId);
    assert.deepEqual([seen.actions, seen.plan], [['enrol'], null]);
    const enrolled = await world.watcher.client.call('demonstration:enrol', { params });
    assert.deepEqual([enrolled.isEnrolled, enrolled.actions], [true, ['withdraw', 'enter', 'read-asking']]);
    await world.watcher.client.call('demonstration:enrol', { params });
    const closed = await stepped(world.moderator.client, 'demonstration:close-enrolment');
    assert.deepEqual([planOf(closed).enrolledCount, closed.isEnrolmentClosed], [1, true]);
    const late = await enterPerson(server, 'trainee', INVITED);
    assert.deepEqual(await refused(late.client.ask('demonstration:enrol', { params })), {
      status: 409,
      reason: 'enrolment-closed',
    });
    const live = await stepped(world.deputy.client, 'demonstration:begin');
    assert.equal(live.state, 'live');
    await hears(world.watcher.client, ['demonstration-begun']);
    assert.equal((await stepped(world.moderator.client, 'demonstration:end')).state, 'ended');
    const acts = (
      await server.database.read.audit.listOfSubject(
        { subjectKind: 'demonstration', subjectId: demonstrationId },
        { limit: 50 },
      )
    ).map(({ action }) => action.split(':')[1]);
    assert.deepEqual(acts.reverse(), [
      'create',
      'save',
      'ask-sign-off',
      'sign-theatre',
      'sign-ethics',
      'open-enrolment',
      'enrol',
      'close-enrolment',
      'begin',
      'end',
    ]);
  });

  it('[DM7] does not begin, and does not offer to, where there is no hall for its sound and picture', async () => {
    const { demonstrationId } = await placeDemonstration(world, 'enrolling');
    hallReady = false;
    try {
      assert.ok(!(await read(world.surgeon, demonstrationId)).actions.includes('begin'));
      const params = { demonstrationId };
      assert.equal((await world.surgeon.ask('demonstration:begin', { params, body: { version: 1 } })).status, 409);
    } finally {
      hallReady = true;
    }
    assert.ok((await read(world.surgeon, demonstrationId)).actions.includes('begin'));
  });

  it('[DM7] does not begin while there is no media worker', async () => {
    const preparing = await startServer({ isHallReady: () => true, makeWorkerBin: () => new Promise(() => undefined) });
    try {
      const there = await openDemonstrationWorld(preparing);
      const params = { demonstrationId: (await placeDemonstration(there, 'enrolling')).demonstrationId };
      const begin = (client: Client, version: number) =>
        refused(client.ask('demonstration:begin', { params, body: { version } }));
      assert.deepEqual(await begin(there.surgeon, 1), { status: 503, reason: 'media-preparing' });
      // Who may not begin hears that first, and learns nothing of the media.
      assert.equal((await begin(there.watcher.client, 1)).status, 403);
      assert.deepEqual(await begin(there.surgeon, 7), { status: 409, reason: 'version-outdated' });
      assert.equal((await there.surgeon.call('demonstration:read', { params })).state, 'enrolling');
    } finally {
      await preparing.close();
    }
  });

  it('[DM8] tells watchers nothing of the patient, the case, or who signs and sits in it', async () => {
    const { demonstrationId } = await placeDemonstration(world, 'enrolling');
    const text = JSON.stringify(await read(world.watcher.client, demonstrationId));
    for (const secret of ['张建国', world.consultationId, world.theatre.accountId, world.moderator.accountId, 'HZ-'])
      assert.ok(!text.includes(secret), secret);
    // Of the plan's own people, who sees the case is told its number; the others that there is consent.
    const moderator = planOf(await read(world.moderator.client, demonstrationId));
    assert.deepEqual([moderator.caseNumber, moderator.materials, moderator.consent], [null, null, 'given']);
    assert.ok(planOf(await read(world.coordinator, demonstrationId)).caseNumber);
  });

  it('[DM8] refuses a text that names the patient, however it is written, and any guardian', async () => {
    const { demonstrationId } = await placeDemonstration(world, 'planned');
    const params = { demonstrationId };
    const draft = toDraft(wholePlan(world, 'planned'));
    const save = (changes: object) =>
      refused(world.coordinator.ask('demonstration:save', { params, body: { ...draft, ...changes, version: 1 } }));
    const naming = { status: 400, reason: 'patient-named' };
    assert.deepEqual(await save({ title: '张建国 肺段切除' }), { ...naming, fields: ['title'] });
    assert.deepEqual(await save({ description: '患者张 建·国，男' }), { ...naming, fields: ['description'] });
    const { idNumber, phone } = (await world.doctor.call('patient:reveal', {
      params: { consultationId: world.consultationId },
    })) as { idNumber: string; phone: string };
    const spaced = `${idNumber.slice(0, 6)} ${idNumber.slice(6)}`;
    assert.deepEqual(await save({ procedure: `切除 ${spaced}`, room: phone }), {
      ...naming,
      fields: ['procedure', 'room'],
    });
    assert.deepEqual(
      await refused(
        world.coordinator.ask('demonstration:cancel', { params, body: { version: 1, reason: '张建国转院' } }),
      ),
      { ...naming, fields: ['reason'] },
    );
  });

  it('[DM3] takes nobody and nothing into a plan that is not there, and no case that its author does not see', async () => {
    const { demonstrationId } = await placeDemonstration(world, 'planned', { consultationId: null });
    const params = { demonstrationId };
    const draft = { ...toDraft(wholePlan(world, 'planned')), consultationId: null };
    const save = (client: Client, changes: object) =>
      refused(client.ask('demonstration:save', { params, body: { ...draft, ...changes, version: 1 } }));
    const unknown = (field: string) => ({ status: 404, fields: [field] });
    const nobody = { seat: 'moderator', accountId: crypto.randomUUID(), facilityId: HOME };
    assert.deepEqual(await save(world.surgeon, { seats: [nobody] }), unknown('seats'));
    const trainee = { seat: 'deputy', accountId: world.watcher.accountId, facilityId: INVITED };
    assert.deepEqual(await save(world.surgeon, { seats: [trainee] }), unknown('seats'), 'a trainee holds no desk');
    const signer = {
      seat: 'theatre-signer',
      accountId: world.moderator.accountId,
      facilityId: world.moderator.facilityId,
    };
    assert.deepEqual(await save(world.surgeon, { seats: [signer] }), unknown('seats'), 'a theatre of another house');
    assert.deepEqual(
      await save(world.surgeon, { audience: [{ kind: 'alliance', id: crypto.randomUUID() }] }),
      unknown('audience'),
    );
    assert.deepEqual(
      await save(world.surgeon, { consultationId: world.consultationId }),
      unknown('consultationId'),
      'the surgeon was not asked to join the case',
    );
    assert.deepEqual(
      await save(world.coordinator, { consultationId: world.consultationId, materialIds: [crypto.randomUUID()] }),
      unknown('materialIds'),
    );
  });

  it('[DM9] changes only where nobody changed it meanwhile: of two who save at once one is told', async () => {
    const { demonstrationId } = await placeDemonstration(world, 'planned');
    const params = { demonstrationId };
    const draft = toDraft(wholePlan(world, 'planned'));
    const answers = await Promise.all(
      [world.surgeon, world.coordinator].map((client, index) =>
        refused(
          client.ask('demonstration:save', { params, body: { ...draft, room: `第 ${index} 手术间`, version: 1 } }),
        ),
      ),
    );
    const told = { status: 409, reason: 'version-outdated' };
    assert.deepEqual(
      answers.toSorted((a, b) => a.status - b.status),
      [{ status: 200 }, told],
    );
  });

  it('[DM10] has places for as many as it says, also where two come at once for the last', async () => {
    const { demonstrationId } = await placeDemonstration(world, 'enrolling', { capacity: 1 });
    const params = { demonstrationId };
    const others = [await enterPerson(server, 'trainee', INVITED), await enterPerson(server, 'physician', INVITED)];
    const answers = await Promise.all(
      others.map(({ client }) => refused(client.ask('demonstration:enrol', { params }))),
    );
    assert.deepEqual(
      answers.toSorted((a, b) => a.status - b.status),
      [{ status: 200 }, { status: 409, reason: 'enrolment-full' }],
    );
    const first = others[answers.findIndex(({ status }) => status === 200)] ?? assert.fail();
    const second = others[answers.findIndex(({ status }) => status === 409)] ?? assert.fail();
    await first.client.call('demonstration:withdraw', { params });
    assert.equal((await second.client.ask('demonstration:enrol', { params })).status, 200);
    assert.equal((await read(first.client, demonstrationId)).isFull, true);
  });
});
