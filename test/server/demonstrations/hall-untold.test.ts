import assert from 'node:assert/strict';
import { connect } from '../../support/connect.ts';
import {
  type DemonstrationWorld,
  enrolIn,
  openDemonstrationWorld,
  placeDemonstration,
} from '../../support/demonstration-world.ts';
import { eventually } from '../../support/eventually.ts';
import { openNodeGate } from '../../support/node-gate.ts';
import { connectSfu } from '../../support/sfu-client.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { type RunningSfu, startSfu } from '../../support/start-sfu.ts';

const ALL = { picture: true, sound: true };
const SOUND = { picture: false, sound: true };

describe('a cut that the sfu does not hear of', function () {
  this.timeout(120_000);
  let sfu: RunningSfu;
  let gate: Awaited<ReturnType<typeof openNodeGate>>;
  let server: RunningServer;
  let world: DemonstrationWorld;

  before(async () => {
    sfu = await startSfu();
    gate = await openNodeGate(Number(new URL(sfu.url).port));
    const sfuApart = { url: gate.url, secret: sfu.secret };
    server = await startServer({ isHallReady: () => true, sfuApart, environment: { SFU_PUBLIC_URL: sfu.url } });
    world = await openDemonstrationWorld(server);
  });
  after(async () => {
    await server?.close();
    gate?.close();
    await sfu?.close();
  });

  it('[DM16] is told to every window, which hold it themselves, counted once however often it is pressed, and told to the hall in the end', async () => {
    const { demonstrationId } = await placeDemonstration(world, 'live');
    await enrolIn(world, demonstrationId, world.watcher);
    const params = { demonstrationId };
    const { token, sfuUrl } = await world.surgeon.call('demonstration:ticket', { params });
    const theatre = await connectSfu(sfuUrl, token);
    await theatre.join();
    const pages = await Promise.all(
      [world.surgeon, world.watcher.client].map(({ cookie }) => connect(server.url, cookie)),
    );
    for (const page of pages) await page.request('demonstration:enter', { demonstrationId });
    gate.shut('control');
    const presses = [SOUND, SOUND, ALL, SOUND];
    for (const body of presses) {
      const { status } = await world.advocate.client.ask('demonstration:cut', { params, body });
      assert.equal(status, 503);
    }
    for (const page of pages) {
      const told = await page.next('demonstration:cut-changed', ({ untoldCut }) => untoldCut?.picture === true);
      assert.deepEqual(told, { demonstrationId, cut: { number: 2, ...ALL }, untoldCut: ALL });
    }
    const { live } = await world.watcher.client.call('demonstration:read', { params });
    assert.deepEqual([live?.cut, live?.untoldCut], [{ number: 2, ...ALL }, ALL], 'to whoever comes later too');
    gate.open();
    const { cut } = await theatre.next('hall:state', (state) => state.cut.picture && state.cut.sound);
    for (const page of pages) await page.next('demonstration:cut-changed', ({ untoldCut }) => untoldCut === null);
    await eventually('both count alike', async () => {
      const { live: now } = await world.surgeon.call('demonstration:read', { params });
      return (
        now?.untoldCut === null &&
        now.cut.number === (theatre.heard.length > 0 ? theatre.latest('hall:state') : { cut }).cut.number
      );
    });
    const acts = (await (await server.signIn('auditor')).call('audit:list', { query: {} })).filter(
      ({ subjectId, action }) => subjectId === demonstrationId && action === 'demonstration:cut',
    );
    assert.equal(acts.filter(({ actorId }) => actorId === world.advocate.accountId).length, 2);
    for (const page of pages) page.close();
    theatre.close();
  });

  it('[DM16] is made where an earlier one was, without an answer, and has been ended in the hall since', async () => {
    const { demonstrationId } = await placeDemonstration(world, 'live');
    const params = { demonstrationId };
    const { token, sfuUrl } = await world.surgeon.call('demonstration:ticket', { params });
    const theatre = await connectSfu(sfuUrl, token);
    await theatre.join();
    const press = async () => {
      const { status } = await world.advocate.client.ask('demonstration:cut', { params, body: ALL });
      assert.equal(status, 503);
    };
    gate.shut('answers');
    await press();
    const { cut } = await theatre.next('hall:state', (state) => state.cut.picture && state.cut.sound);
    gate.shut('control');
    await theatre.get('hall:resume', { number: cut.number, ...ALL });
    await theatre.next('hall:state', (state) => !state.cut.picture && !state.cut.sound);
    await press();
    gate.open();
    await theatre.next('hall:state', (state) => state.cut.picture && state.cut.sound);
    theatre.close();
  });
});
