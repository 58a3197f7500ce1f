import assert from 'node:assert/strict';
import { toDraft } from '../../../server/demonstrations/demonstration.ts';
import { AFTER_END_MS, EMPTY_MS, endLeftAlone } from '../../../server/demonstrations/hall/end-left-alone.ts';
import { createHallEnds } from '../../../server/demonstrations/hall/ends.ts';
import { createLog } from '../../../server/runtime/log.ts';
import type { RoomSnapshot } from '../../../sfu/contract/room.ts';
import { enterPerson } from '../../support/add-person.ts';
import type { Client } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import {
  type DemonstrationWorld,
  enrolIn,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
  teachableCase,
} from '../../support/demonstration-world.ts';
import { eventually } from '../../support/eventually.ts';
import { connectSfu, type SfuClient } from '../../support/sfu-client.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { type RunningSfu, startSfu } from '../../support/start-sfu.ts';

const MINUTE_MS = 60_000;
const ALL = { picture: true, sound: true };

describe('a hall that is looked at again and again', function () {
  this.timeout(180_000);
  let sfu: RunningSfu;
  let server: RunningServer;
  let world: DemonstrationWorld;
  const windows: SfuClient[] = [];

  before(async () => {
    sfu = await startSfu();
    server = await startServer({ isHallReady: () => true, sfuApart: sfu });
    world = await openDemonstrationWorld(server);
  });
  afterEach(() => {
    for (const window of windows.splice(0)) window.close();
  });
  after(async () => {
    await server?.close();
    await sfu?.close();
  });

  const read = (client: Client, demonstrationId: string) =>
    client.call('demonstration:read', { params: { demonstrationId } });
  const ticketOf = async (client: Client, demonstrationId: string) =>
    (await client.call('demonstration:ticket', { params: { demonstrationId } })).token;
  async function enterWith(token: string): Promise<{ window: SfuClient; snapshot: RoomSnapshot }> {
    const window = await connectSfu(sfu.url, token);
    windows.push(window);
    return { window, snapshot: await window.join() };
  }
  const enter = async (client: Client, demonstrationId: string) => enterWith(await ticketOf(client, demonstrationId));
  async function live(changes: Parameters<typeof placeDemonstration>[2] = {}): Promise<string> {
    const { demonstrationId } = await placeDemonstration(world, 'live', changes);
    await enrolIn(world, demonstrationId, world.watcher);
    return demonstrationId;
  }
  const refusal = async (asking: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await asking;
    return [status, (body as { reason?: string }).reason];
  };
  const actsOf = async (demonstrationId: string) =>
    (await (await server.signIn('auditor')).call('audit:list', { query: {} }))
      .filter(({ subjectId }) => subjectId === demonstrationId)
      .toReversed();
  /** An sfu that knows nothing of what was before, where the other one was. */
  async function startAnew(): Promise<void> {
    const { secret, url } = sfu;
    await sfu.close();
    sfu = await startSfu({ secret, port: Number(new URL(url).port) });
  }

  it('[DM19] lets nobody stay who is taken off the plan, or whose demonstration ends with the consent', async () => {
    const consultationId = await teachableCase(world.doctor);
    const demonstrationId = await live({ consultationId });
    const { expert, nurse, watcher } = world;
    const [speaks, assists, watches] = [
      await enter(expert.client, demonstrationId),
      await enter(nurse.client, demonstrationId),
      await enter(watcher.client, demonstrationId),
    ];
    const page = await connect(server.url, expert.client.cookie);
    await page.request('demonstration:enter', { demonstrationId });
    const stored = (await server.database.read.demonstrations.find(demonstrationId)) ?? assert.fail();
    // The nurse comes to the stage: another seat, and another ticket.
    const seats = stored.seats.flatMap((one) => {
      if (one.accountId === expert.accountId) return [];
      return one.accountId === nurse.accountId ? [{ ...one, seat: 'expert' as const }] : [one];
    });
    const body = { ...toDraft(stored), seats, version: stored.version };
    await world.surgeon.call('demonstration:save', { params: { demonstrationId }, body });
    await Promise.all([speaks.window.next('peer:removed'), assists.window.next('peer:removed')]);
    assert.deepEqual((await enter(nurse.client, demonstrationId)).snapshot.mayPublish, ['audio', 'video', 'screen']);
    const { status } = await expert.client.ask('demonstration:ticket', { params: { demonstrationId } });
    assert.equal(status, 404, 'to whom there is none any more');
    await world.moderator.client.call('demonstration:program', {
      params: { demonstrationId },
      body: { layout: 'single', main: null, second: null },
    });
    await page.request('demonstration:leave', { demonstrationId });
    assert.deepEqual(page.pending('demonstration:program-changed'), []);
    page.close();
    await world.doctor.call('consent:withdraw', {
      params: { consultationId },
      body: { scopes: ['teach'], askedBy: 'patient', askedByName: '', reason: '不愿公开' },
    });
    await watches.window.next('room:ended');
  });

  it('[DM16] knows of a cut that was made in the hall alone, and of its end, and who did it', async () => {
    const demonstrationId = await live();
    const theatre = await enter(world.surgeon, demonstrationId);
    const phone = await connect(server.url, world.advocate.client.cookie);
    await phone.request('demonstration:enter', { demonstrationId });
    await theatre.window.get('hall:cut', ALL);
    const cut = { number: 1, ...ALL };
    assert.deepEqual((await phone.next('demonstration:cut-changed')).cut, cut);
    assert.deepEqual((await read(world.watcher.client, demonstrationId)).live?.cut, cut);
    await theatre.window.get('hall:resume', { number: 1, picture: true, sound: false });
    await phone.next('demonstration:cut-changed', (one) => !one.cut.picture && one.cut.sound);
    const acts = (await actsOf(demonstrationId)).filter(({ action }) => action.includes('cut'));
    assert.deepEqual(
      acts.map(({ action, detail, actorId }) => [action, detail['cutBy'], actorId]),
      [
        ['demonstration:cut', world.surgeonId, null],
        ['demonstration:resume-cut', world.surgeonId, null],
      ],
    );
    phone.close();
  });

  it('[DM16] keeps what was cut from a page while the sfu was away, whatever was cut or let go in the hall under the same number', async () => {
    const demonstrationId = await live();
    const theatre = await enter(world.surgeon, demonstrationId);
    const orderedAway = { number: 1, picture: false, sound: true };
    await server.database.write(({ halls }) =>
      halls.putCut(demonstrationId, orderedAway, { picture: false, sound: true }),
    );
    await theatre.window.get('hall:cut', { picture: true, sound: false });
    await theatre.window.next('hall:state', ({ cut }) => cut.picture && cut.sound);
    await eventually('both know of both', async () => {
      const { cut } = (await read(world.surgeon, demonstrationId)).live ?? assert.fail();
      return cut.picture && cut.sound && cut.number === 2;
    });
    const { untoldCut } = await server.database.read.halls.find(demonstrationId);
    assert.equal(untoldCut, null, 'it is told once');
    await theatre.window.get('hall:resume', { number: 2, ...ALL });
    await eventually('what was ended stays so', async () => {
      const { cut } = (await read(world.surgeon, demonstrationId)).live ?? assert.fail();
      return !cut.picture && !cut.sound;
    });
  });

  it('[DM16] stays cut over an sfu that is away, or was started anew, and so does who has the word', async () => {
    const demonstrationId = await live();
    const params = { demonstrationId };
    const own = { ...params, accountId: world.watcher.accountId };
    for (let count = 0; count < 2; count += 1)
      await world.nurse.client.call('demonstration:cut', { params, body: { picture: true, sound: false } });
    await world.moderator.client.call('demonstration:give-voice', { params: own, body: { sources: ['audio'] } });
    await startAnew();
    const watcher = await enter(world.watcher.client, demonstrationId);
    assert.deepEqual([watcher.snapshot.hall?.cut.picture, watcher.snapshot.mayPublish], [true, ['audio']]);
    await eventually('both count alike again', async () => {
      const [there] = (await sfu.sfu.listHalls()).filter(({ roomId }) => roomId === demonstrationId);
      const { cut } = (await read(world.surgeon, demonstrationId)).live ?? assert.fail();
      return there?.cut.number === cut.number && cut.picture;
    });
    const { number } = (await read(world.surgeon, demonstrationId)).live?.cut ?? assert.fail();
    await world.surgeon.call('demonstration:resume-cut', { params, body: { ...ALL, number } });

    const { secret, url } = sfu;
    await sfu.close();
    const away = [503, 'sfu-unreachable'];
    assert.deepEqual(await refusal(world.nurse.client.ask('demonstration:cut', { params, body: ALL })), away);
    assert.deepEqual(await refusal(world.moderator.client.ask('demonstration:take-voice', { params: own })), away);
    const resume = { ...ALL, number: number + 1 };
    assert.deepEqual(await refusal(world.nurse.client.ask('demonstration:resume-cut', { params, body: resume })), away);
    sfu = await startSfu({ secret, port: Number(new URL(url).port) });
    const after = await enter(world.watcher.client, demonstrationId);
    const { cut } = after.snapshot.hall ?? assert.fail();
    assert.deepEqual([cut.picture, cut.sound, after.snapshot.mayPublish], [true, true, []]);
  });

  it('[DM19] lets a window hear nothing more within two seconds once its person has withdrawn, even one that was just entering', async () => {
    const person = await enterPerson(server, 'trainee', INVITED);
    const demonstrationId = await live();
    await enrolIn(world, demonstrationId, person);
    const { window } = await enter(person.client, demonstrationId);
    const page = await connect(server.url, person.client.cookie);
    await page.request('demonstration:enter', { demonstrationId });
    // As on another server, which tells nobody here.
    const enrolment = await server.database.read.demonstrations.findEnrolment(demonstrationId, person.accountId);
    const withdrawnAt = new Date().toISOString();
    await server.database.write(({ demonstrations }) =>
      demonstrations.putEnrolment({ ...(enrolment ?? assert.fail()), withdrawnAt }),
    );
    const sinceMs = Date.now();
    await window.next('peer:removed');
    await eventually('it is not noted as present', async () => {
      const presences = await server.database.read.demonstrations.listPresences(demonstrationId);
      return presences.every(({ accountId, toAt }) => accountId !== person.accountId || toAt !== null);
    });
    assert.ok(Date.now() - sinceMs < 20_000, 'within two seconds where the machine has nothing else to do');
    await world.moderator.client.call('demonstration:program', {
      params: { demonstrationId },
      body: { layout: 'single', main: null, second: null },
    });
    await page.request('demonstration:leave', { demonstrationId });
    assert.deepEqual(page.pending('demonstration:program-changed'), []);
    page.close();
  });

  it('[DM18] takes the word from whom another server took it, and lets nobody stay who has signed out', async () => {
    const person = await enterPerson(server, 'trainee', INVITED);
    const demonstrationId = await live();
    await enrolIn(world, demonstrationId, person);
    const params = { demonstrationId, accountId: person.accountId };
    await world.moderator.client.call('demonstration:give-voice', { params, body: { sources: ['audio'] } });
    const { window, snapshot } = await enter(person.client, demonstrationId);
    assert.deepEqual(snapshot.mayPublish, ['audio']);
    await server.database.write(({ halls }) => halls.removeVoice(demonstrationId, person.accountId));
    assert.deepEqual((await window.next('publish:changed')).mayPublish, []);
    await person.client.call('session:close');
    await window.next('peer:removed');
  });

  it('[DM25] ends by itself hours after its time, once nobody of theatre and stage is there', async () => {
    const now = Date.now();
    const at = (ms: number) => new Date(now + ms).toISOString();
    const endsAt = at(-AFTER_END_MS - MINUTE_MS);
    const times = { startsAt: at(-AFTER_END_MS - 60 * MINUTE_MS), beganAt: at(-AFTER_END_MS - 60 * MINUTE_MS), endsAt };
    const demonstrationId = await live(times);
    const other = await live({ ...times, endsAt: at(-AFTER_END_MS + 30 * MINUTE_MS) });
    let clock = now;
    const told: string[] = [];
    const log = createLog('silent', 'test');
    const notify = {
      toAccounts: () => undefined,
      toAppointments: (_: unknown, name: string) => void told.push(name),
      toCase: () => undefined,
      toCaseVolatile: () => undefined,
      leaveCase: () => undefined,
      toDemonstration: () => undefined,
      toShowing: () => undefined,
      toShowingVolatile: () => undefined,
      toShowers: () => undefined,
      leaveShowers: () => undefined,
      leaveDemonstration: () => undefined,
    };
    const hall = createHallEnds({ sfu: sfu.sfu, notify, log, loseSeats: async () => undefined });
    const parts = { work: server.database, clock: () => new Date(clock), notify, log, hall, sfu: sfu.sfu };
    const look = endLeftAlone(parts);
    const stateOf = async (id: string) => (await read(world.surgeon, id)).state;
    const moderator = await enter(world.moderator.client, demonstrationId);
    const watcher = await enter(world.watcher.client, demonstrationId);
    await look();
    clock += EMPTY_MS;
    await look();
    assert.equal(await stateOf(demonstrationId), 'live', 'the moderator is there');
    await moderator.window.get('room:leave', {});
    await look();
    clock += EMPTY_MS - 1;
    await look();
    assert.equal(await stateOf(demonstrationId), 'live', 'who has just gone may come back');
    clock += 1;
    await look();
    assert.equal(await stateOf(demonstrationId), 'ended');
    await watcher.window.next('room:ended');
    assert.deepEqual(told, ['demonstration:changed']);
    assert.equal(await stateOf(other), 'live', 'its time is not over for so long');
    const stored = await server.database.read.demonstrations.find(demonstrationId);
    assert.equal(stored?.endedAt, endsAt, 'nobody is credited with the hours after that');
    const last = (await actsOf(demonstrationId)).at(-1);
    assert.deepEqual([last?.action, last?.actorId], ['demonstration:end-left-alone', null]);
  });
});
