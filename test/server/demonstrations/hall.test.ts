import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { HallProgram, HallTicket } from '../../../server/contract/index.ts';
import { type RoomTokenClaims, SEAT_SOURCES } from '../../../sfu/contract/token.ts';
import { verifyRoomToken } from '../../../sfu/room-token.ts';
import { enterPerson } from '../../support/add-person.ts';
import type { Client } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import {
  type DemonstrationWorld,
  type Entered,
  enrolIn,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
} from '../../support/demonstration-world.ts';
import { connectSfu } from '../../support/sfu-client.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const NOTHING: HallProgram = { layout: 'single', main: null, second: null };

describe('the hall of a demonstration', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let world: DemonstrationWorld;

  before(async () => {
    server = await startServer({ isHallReady: () => true });
    world = await openDemonstrationWorld(server);
  });
  after(() => server?.close());

  const read = (client: Client, demonstrationId: string) =>
    client.call('demonstration:read', { params: { demonstrationId } });
  const ticketOf = (client: Client, demonstrationId: string) =>
    client.call('demonstration:ticket', { params: { demonstrationId } });
  const claimsOf = ({ token }: HallTicket): RoomTokenClaims =>
    verifyRoomToken(token, server.roomTokenSecret, Date.now());
  const refusal = async (asking: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await asking;
    return [status, (body as { reason?: string }).reason];
  };
  /** In the hall, as a browser enters it. */
  async function enterHall(client: Client, demonstrationId: string) {
    const { token } = await ticketOf(client, demonstrationId);
    const window = await connectSfu(server.url, token);
    return { window, snapshot: await window.join() };
  }
  async function live(watchers: Entered[] = [world.watcher]): Promise<string> {
    const { demonstrationId } = await placeDemonstration(world, 'live');
    for (const watcher of watchers) await enrolIn(world, demonstrationId, watcher);
    return demonstrationId;
  }

  it('[DM15] seats each by their part in it, and the audience only while it is live', async () => {
    const { demonstrationId } = await placeDemonstration(world, 'enrolling');
    await enrolIn(world, demonstrationId, world.watcher);
    const { surgeon, nurse, moderator, deputy, expert, advocate, watcher, coordinator } = world;
    const seats: [Client, string, boolean][] = [
      [surgeon, 'theatre', true],
      [nurse.client, 'theatre', true],
      [moderator.client, 'stage', true],
      [deputy.client, 'stage', true],
      [expert.client, 'stage', false],
      [advocate.client, 'advocate', true],
    ];
    for (const [client, seat, mayCut] of seats) {
      const ticket = await ticketOf(client, demonstrationId);
      const { hall, roomId, mayPublish, accountId } = claimsOf(ticket);
      const { person } = await client.call('session:read');
      assert.deepEqual([ticket.seat, ticket.mayCut, hall?.seat, hall?.mayCut], [seat, mayCut, seat, mayCut], seat);
      assert.deepEqual([roomId, accountId], [demonstrationId, person.accountId]);
      assert.deepEqual(mayPublish, SEAT_SOURCES[ticket.seat]);
    }
    const params = { demonstrationId };
    const ask = (client: Client) => refusal(client.ask('demonstration:ticket', { params }));
    assert.deepEqual(await ask(watcher.client), [409, 'state-not-allowed'], 'the rehearsal is for those who work');
    assert.equal((await read(watcher.client, demonstrationId)).live, null);
    assert.deepEqual((await read(expert.client, demonstrationId)).live?.beganAt, null);
    assert.deepEqual(await ask(coordinator), [403, undefined], 'who organizes it has no seat by that');
    const { version } = (await read(moderator.client, demonstrationId)).plan ?? assert.fail();
    await moderator.client.call('demonstration:begin', { params, body: { version } });
    const ticket = await ticketOf(watcher.client, demonstrationId);
    assert.deepEqual([ticket.seat, ticket.mayCut, claimsOf(ticket).mayPublish], ['audience', false, []]);
    const view = await read(watcher.client, demonstrationId);
    assert.deepEqual(view.live, {
      beganAt: view.live?.beganAt,
      program: NOTHING,
      cut: { number: 0, picture: false, sound: false },
      untoldCut: null,
      voices: [],
      isRecorded: false,
      recordingFault: null,
    });
    const token = JSON.stringify(claimsOf(ticket));
    assert.ok(!token.includes('张建国'), 'of the patient it says nothing');
  });

  it('[DM16] cuts for everybody by whoever may, from a page without a hall too, and only the newest cut is ended', async () => {
    const demonstrationId = await live();
    const params = { demonstrationId };
    const inHall = await enterHall(world.watcher.client, demonstrationId);
    const phone = await connect(server.url, world.advocate.client.cookie);
    await phone.request('demonstration:enter', { demonstrationId });
    const cut = await world.nurse.client.call('demonstration:cut', { params, body: { picture: true, sound: false } });
    assert.deepEqual(cut, { number: 1, picture: true, sound: false });
    assert.deepEqual((await phone.next('demonstration:cut-changed')).cut, cut);
    await inHall.window.next('hall:state', (state) => state.cut.picture);
    assert.deepEqual((await read(world.watcher.client, demonstrationId)).live?.cut, cut);
    const more = await world.advocate.client.call('demonstration:cut', {
      params,
      body: { picture: false, sound: true },
    });
    assert.deepEqual(more, { number: 2, picture: true, sound: true });
    const all = { picture: true, sound: true };
    const older = world.surgeon.ask('demonstration:resume-cut', { params, body: { ...all, number: 1 } });
    assert.deepEqual(await refusal(older), [409, 'cut-newer']);
    // Whoever comes to an sfu that knows of nothing brings the cut along.
    const claims = claimsOf(await ticketOf(world.expert.client, demonstrationId));
    assert.deepEqual(claims.hall?.cut, { number: 2, ...all });
    await world.surgeon.call('demonstration:resume-cut', { params, body: { ...all, number: 2 } });
    await inHall.window.next('hall:state', (state) => !state.cut.picture && !state.cut.sound);
    const after = claimsOf(await ticketOf(world.expert.client, demonstrationId)).hall?.cut;
    assert.deepEqual(after, { number: 2, picture: false, sound: false });
    inHall.window.close();
    phone.close();
  });

  it('[DM17] tells what the moderator has on air, and names tracks that can be there', async () => {
    const demonstrationId = await live();
    const params = { demonstrationId };
    const watching = await connect(server.url, world.watcher.client.cookie);
    await watching.request('demonstration:enter', { demonstrationId });
    const field = { accountId: world.surgeonId, source: 'field' as const, label: '腔镜' };
    const room = { accountId: world.nurse.accountId, source: 'room' as const, label: null };
    const program: HallProgram = { layout: 'picture-in-picture', main: field, second: room };
    await world.moderator.client.call('demonstration:program', { params, body: program });
    assert.deepEqual(await watching.next('demonstration:program-changed'), { demonstrationId, program });
    assert.deepEqual((await read(world.watcher.client, demonstrationId)).live?.program, program);
    // The deputy has the desk at once.
    const alone = await world.deputy.client.call('demonstration:program', {
      params,
      body: { layout: 'single', main: room, second: field },
    });
    assert.deepEqual(alone.program, { layout: 'single', main: room, second: null });
    const strange = { accountId: world.watcher.accountId, source: 'video' as const, label: null };
    const { status, body } = await world.moderator.client.ask('demonstration:program', {
      params,
      body: { ...program, second: strange },
    });
    assert.deepEqual([status, (body as { fields?: string[] }).fields], [400, ['second']]);
    await world.moderator.client.call('demonstration:give-voice', {
      params: { ...params, accountId: world.watcher.accountId },
      body: { sources: ['audio', 'video'] },
    });
    await world.moderator.client.call('demonstration:program', { params, body: { ...program, second: strange } });
    await watching.request('demonstration:leave', { demonstrationId });
    await world.moderator.client.call('demonstration:program', { params, body: NOTHING });
    await world.moderator.client.call('demonstration:program', { params, body: program });
    // Whatever was told before this answer has come.
    await watching.request('demonstration:leave', { demonstrationId });
    assert.equal(watching.pending('demonstration:program-changed').length, 2, 'who has left hears of nothing');
    watching.close();
  });

  it('[DM18] gives the word to six of the audience at most, again after a lost line, until it is taken', async () => {
    const watchers: Entered[] = [world.watcher];
    while (watchers.length < 8) watchers.push(await enterPerson(server, 'trainee', INVITED));
    const demonstrationId = await live(watchers);
    const { moderator, deputy, watcher } = world;
    const give = (accountId: string, sources: string[] = ['audio']) =>
      refusal(
        moderator.client.ask('demonstration:give-voice', { params: { demonstrationId, accountId }, body: { sources } }),
      );
    const hall = await enterHall(watcher.client, demonstrationId);
    assert.deepEqual(hall.snapshot.mayPublish, []);
    assert.deepEqual(await give(watcher.accountId), [200, undefined]);
    assert.deepEqual((await hall.window.next('publish:changed')).mayPublish, ['audio']);
    for (const { accountId } of watchers.slice(1, 6)) assert.deepEqual(await give(accountId), [200, undefined]);
    const seventh = watchers[6] ?? assert.fail();
    assert.deepEqual(await give(seventh.accountId), [409, 'voices-full']);
    assert.deepEqual(await give(watcher.accountId, ['audio', 'video']), [200, undefined], 'one of the six');
    assert.deepEqual(await give(world.expert.accountId), [404, undefined], 'who speaks anyway');
    assert.deepEqual(await give((await enterPerson(server, 'trainee', INVITED)).accountId), [404, undefined]);
    assert.deepEqual(await give(watcher.accountId, ['video']), [400, undefined], 'a picture without a voice');
    hall.window.close();
    const again = await enterHall(watcher.client, demonstrationId);
    assert.deepEqual(again.snapshot.mayPublish, ['audio', 'video']);
    const { voices } = (await read(watcher.client, demonstrationId)).live ?? assert.fail();
    assert.deepEqual([voices.length, voices[0]?.person.facilityId], [6, INVITED]);
    const params = { demonstrationId, accountId: watcher.accountId };
    const left = await deputy.client.call('demonstration:take-voice', { params });
    assert.equal(left.voices.length, 5);
    assert.deepEqual((await again.window.next('publish:changed')).mayPublish, []);
    assert.deepEqual(await give(seventh.accountId), [200, undefined], 'a place is free');
    assert.deepEqual(claimsOf(await ticketOf(watcher.client, demonstrationId)).mayPublish, []);
    again.window.close();
    const { token } = await ticketOf(world.surgeon, demonstrationId);
    const whose = { demonstrationId, accountId: world.surgeonId };
    await deputy.client.call('demonstration:take-voice', { params: whose });
    const inTheatre = await connectSfu(server.url, token);
    assert.ok((await inTheatre.join()).mayPublish.includes('field'), 'whoever operates sends by their seat');
    inTheatre.close();
  });

  it('[DM19] is empty once the demonstration ends, the patient takes the consent back, or somebody withdraws', async () => {
    const demonstrationId = await live();
    const params = { demonstrationId };
    const watching = await enterHall(world.watcher.client, demonstrationId);
    const inTheatre = await enterHall(world.surgeon, demonstrationId);
    const { token } = await ticketOf(world.watcher.client, demonstrationId);
    await world.watcher.client.call('demonstration:withdraw', { params });
    await watching.window.next('peer:removed');
    await assert.rejects(async () => (await connectSfu(server.url, token)).join(), 'an older ticket opens nothing');
    const { version } = (await read(world.surgeon, demonstrationId)).plan ?? assert.fail();
    await world.surgeon.call('demonstration:end', { params, body: { version } });
    await inTheatre.window.next('room:ended');
    assert.deepEqual(await refusal(world.surgeon.ask('demonstration:ticket', { params })), [409, 'state-not-allowed']);
    assert.equal((await read(world.surgeon, demonstrationId)).live, null);
  });

  it('[DM20] leaves each order in the audit trail, and nothing of the patient', async () => {
    const demonstrationId = await live();
    const params = { demonstrationId };
    await ticketOf(world.surgeon, demonstrationId);
    await world.surgeon.call('demonstration:cut', { params, body: { picture: true, sound: true } });
    await world.surgeon.call('demonstration:resume-cut', { params, body: { picture: true, sound: true, number: 1 } });
    const { accountId } = world.watcher;
    await world.moderator.client.call('demonstration:program', { params, body: NOTHING });
    await world.moderator.client.call('demonstration:give-voice', {
      params: { ...params, accountId },
      body: { sources: ['audio'] },
    });
    await world.moderator.client.call('demonstration:take-voice', { params: { ...params, accountId } });
    const auditor = await server.signIn('auditor');
    const entries = await auditor.call('audit:list', { query: {} });
    const acts = entries.filter(({ subjectId }) => subjectId === demonstrationId);
    assert.deepEqual(acts.map(({ action }) => action).toReversed(), [
      'demonstration:join-hall',
      'demonstration:cut',
      'demonstration:resume-cut',
      'demonstration:choose-program',
      'demonstration:give-voice',
      'demonstration:take-voice',
    ]);
    assert.ok(!JSON.stringify(acts).includes('张'));
  });

  it('[DM24] leaves in the audit trail what the theatre sends and masks, with who, and no name of an input', async () => {
    const demonstrationId = await live();
    const params = { demonstrationId };
    const inputId = randomUUID();
    const zone = { x: 0.1, y: 0.5, width: 0.3, height: 0.4 };
    const input = { inputId, source: 'field' as const, isOn: true, zones: [zone] };
    await world.surgeon.call('demonstration:arrange-inputs', { params, body: { inputs: [input] } });
    const more = { inputs: [{ ...input, name: '张建国', zones: [] }] };
    await world.nurse.client.call('demonstration:arrange-inputs', { params, body: more });
    const refused = [
      await world.moderator.client.ask('demonstration:arrange-inputs', { params, body: { inputs: [] } }),
      await world.surgeon.ask('demonstration:arrange-inputs', {
        params,
        body: { inputs: [{ ...input, zones: [{ ...zone, x: 1.1 }] }] },
      }),
    ];
    assert.deepEqual(
      refused.map(({ status }) => status),
      [403, 400],
    );
    const entries = await server.database.read.audit.listOfSubject(
      { subjectKind: 'demonstration', subjectId: demonstrationId },
      { limit: 10 },
    );
    assert.deepEqual(
      entries
        .filter(({ action }) => action === 'demonstration:arrange-inputs')
        .map(({ actorId, detail }) => ({ actorId, detail }))
        .toReversed(),
      [
        { actorId: world.surgeonId, detail: { inputs: [input] } },
        { actorId: world.nurse.accountId, detail: { inputs: [{ ...input, zones: [] }] } },
      ],
    );
  });
});
