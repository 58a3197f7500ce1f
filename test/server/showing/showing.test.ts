import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { addStranger } from '../../support/add-stranger.ts';
import { connect } from '../../support/connect.ts';
import type { DemonstrationWorld, Entered } from '../../support/demonstration-world.ts';
import { refusedAs } from '../../support/refusal.ts';
import {
  isNothing,
  line,
  openShowingWorld,
  refusalOf,
  type ShowingWorld,
  viewportOf,
} from '../../support/showing-world.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('what a demonstration shows', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let world: DemonstrationWorld;
  let watcher: Entered;
  let shown: ShowingWorld;

  before(async () => {
    server = await startServer({ isHallReady: () => true });
    shown = await openShowingWorld(server);
    ({ world, watcher } = shown);
  });
  after(() => server?.close());
  beforeEach(() => shown.begin());
  afterEach(() => shown.closeWindows());

  it('[SH1] follows the presenter in every window, at once for whoever comes later', async () => {
    const { demonstrationId } = shown;
    const { window: moderator, snapshot } = await shown.enter(world.moderator.client);
    assert.deepEqual(
      snapshot.pictures.map(({ materialId }) => materialId),
      [shown.checked.materialId],
      'what a second person has looked through',
    );
    const { window, snapshot: before } = await shown.enter(watcher.client);
    assert.deepEqual([before.material, before.pictures, before.mayShow], [null, [], false]);
    await moderator.request('showing:present', { demonstrationId });
    await shown.move(moderator, viewportOf(71, 1));
    const told = await window.next('showing:changed', ({ material }) => material !== null);
    assert.equal(told.material?.materialId, shown.checked.materialId);
    assert.equal(told.presenter?.accountId, world.moderator.accountId);
    assert.deepEqual((await window.next('showing:moved')).viewport, viewportOf(71, 1));
    await shown.move(moderator, viewportOf(71, 2, 40));
    await shown.move(moderator, viewportOf(71, 3, 41));
    await window.next('showing:moved', ({ viewport }) => 'center' in viewport && viewport.center.x === 41);
    const late = await shown.enter(world.expert.client);
    assert.deepEqual(late.snapshot.viewport, viewportOf(71, 3, 41));
    assert.equal(late.snapshot.material?.materialId, shown.checked.materialId);
    await moderator.request('showing:stop', { demonstrationId });
    await window.next('showing:changed', isNothing);
    assert.equal((await shown.frame(watcher.client, 71)).status, 404, 'and is handed out no more');
  });

  it('[SH6] is looked up a few times alone where windows still ask for all frames of the former picture', async () => {
    const { showings } = server.database.read;
    const { listStills } = showings;
    let looks = 0;
    showings.listStills = (demonstrationId) => {
      looks += 1;
      return listStills(demonstrationId);
    };
    const asked = Array.from({ length: 40 }, () => shown.frame(watcher.client, 72));
    const answered = await Promise.all(asked).finally(() => Object.assign(showings, { listStills }));
    assert.ok(answered.every(({ status }) => status === 404));
    assert.ok(looks < 20, `${looks} looks for 40 frames`);
  });

  it('[SH2] is told no more than eight times a second, however often the presenter moves', async () => {
    const { demonstrationId } = shown;
    const { window: surgeon } = await shown.enter(world.surgeon);
    const { window } = await shown.enter(watcher.client);
    await surgeon.request('showing:present', { demonstrationId });
    const startedMs = performance.now();
    for (let x = 1; x <= 40; x += 1) {
      await shown.move(surgeon, viewportOf(71, 1, x));
      await surgeon.request('showing:point', { demonstrationId, target: viewportOf(71, 1).target, point: { x, y: 1 } });
    }
    await window.next('showing:moved', ({ viewport }) => 'center' in viewport && viewport.center.x === 40);
    const seconds = (performance.now() - startedMs) / 1000;
    const told = window.pending('showing:moved').length;
    // Written down, the last one is told once more.
    assert.ok(told <= Math.ceil(seconds * 8) + 2, `${told} in ${seconds} s`);
    assert.ok(window.pending('showing:pointed').length <= Math.ceil(seconds * 10) + 1);
  });

  it('[SH3] shows what was checked alone, and takes off at once what somebody saw a name on', async () => {
    const { demonstrationId } = shown;
    const { window: surgeon } = await shown.enter(world.surgeon);
    const { window } = await shown.enter(watcher.client);
    await surgeon.request('showing:present', { demonstrationId });
    assert.match(await refusalOf(shown.move(surgeon, viewportOf(72, 1))), /not-found/);
    await shown.move(surgeon, viewportOf(71, 1));
    await window.next('showing:changed', ({ material }) => material !== null);
    assert.equal((await shown.frame(watcher.client, 71)).status, 200);
    assert.equal((await shown.frame(world.surgeon, 72)).status, 404);
    const params = { demonstrationId, materialId: shown.checked.materialId };
    await world.advocate.client.call('demonstration:withdraw-check', { params });
    await window.next('showing:changed', isNothing);
    for (const client of [watcher.client, world.surgeon]) assert.equal((await shown.frame(client, 71)).status, 404);
    assert.deepEqual((await shown.open(surgeon)).pictures, []);
  });

  it('[SH4] tells those who only watch nothing of pictures that are not shown, and all of the one that is', async () => {
    const { demonstrationId } = shown;
    const { window: surgeon } = await shown.enter(world.surgeon);
    const { window: moderator } = await shown.enter(world.moderator.client);
    const { window } = await shown.enter(watcher.client);
    const { target } = viewportOf(71, 1);
    const text = { kind: 'arrow' as const, tail: { x: 1, y: 1 }, head: { x: 2, y: 2 }, text: '结节' };
    const annotationId = randomUUID();
    const mark = { demonstrationId, annotationId, mark: { target, shape: text }, actId: randomUUID() };
    const point = (series: number, x: number) =>
      surgeon.request('showing:point', {
        demonstrationId,
        target: viewportOf(series, 1).target,
        point: { x, y: 1 },
      });
    await surgeon.request('showing:mark', mark);
    await moderator.next('showing:marked');
    await point(71, 5);
    await moderator.next('showing:pointed');
    assert.deepEqual((await shown.open(window)).marks, []);
    assert.deepEqual((await shown.open(window)).version, 0);
    await surgeon.request('showing:present', { demonstrationId });
    await shown.move(surgeon, viewportOf(71, 1));
    const told = await window.next('showing:changed', ({ material }) => material !== null);
    assert.deepEqual([told.version, told.marks.map((one) => one.shape)], [2, [text]]);
    assert.deepEqual(window.pending('showing:marked'), [], 'nor was it told before');
    assert.deepEqual(window.pending('showing:pointed'), []);
    // Nobody has looked that one through: not even those who may show hear of it.
    await point(72, 6);
    await point(71, 7);
    const { pointers } = await window.next('showing:pointed');
    assert.deepEqual(
      pointers.map((one) => one.point?.x),
      [7],
    );
    const later = { ...mark, annotationId: randomUUID(), actId: randomUUID() };
    await surgeon.request('showing:mark', later);
    assert.equal((await window.next('showing:marked')).annotationId, later.annotationId);
    assert.equal((await shown.open(window)).marks.length, 2);
    const params = { demonstrationId, materialId: shown.checked.materialId };
    await world.advocate.client.call('demonstration:withdraw-check', { params });
    const again = { ...mark, mark: { target, shape: line(3) }, actId: randomUUID() };
    assert.match(await refusalOf(surgeon.request('showing:mark', again)), /not-found/);
    assert.deepEqual((await shown.open(surgeon)).marks, []);
    await surgeon.request('showing:mark', { ...mark, mark: null, actId: randomUUID() });
  });

  it('[SH1] is led by nobody once the presenter’s window is gone, and by the same person when they are back', async () => {
    const { demonstrationId } = shown;
    const { window: surgeon } = await shown.enter(world.surgeon);
    const { window } = await shown.enter(watcher.client);
    await surgeon.request('showing:present', { demonstrationId });
    await shown.move(surgeon, viewportOf(71, 1));
    await window.next('showing:changed', ({ material }) => material !== null);
    surgeon.close();
    const lost = await window.next('showing:changed', ({ presenter }) => presenter?.peerId === null);
    assert.equal(lost.presenter?.accountId, world.surgeonId);
    assert.equal(lost.material?.materialId, shown.checked.materialId, 'the picture stays');
    const { window: back, snapshot } = await shown.enter(world.surgeon);
    assert.equal(snapshot.presenter?.peerId, back.socket.id);
    await shown.move(back, viewportOf(71, 2, 33));
    await window.next('showing:moved', ({ viewport }) => 'center' in viewport && viewport.center.x === 33);
    await back.request('showing:close', { demonstrationId });
    await window.next('showing:changed', ({ presenter }) => presenter === null);
  });

  it('[SH6] is read at once where another server has just changed what is shown', async () => {
    const { demonstrationId } = shown;
    const { window } = await shown.enter(watcher.client);
    assert.equal((await shown.frame(watcher.client, 71)).status, 404);
    // As another server would: this one has heard nothing of it.
    await server.database.write(async ({ showings }) =>
      showings.save({ ...(await showings.find(demonstrationId)), materialId: shown.checked.materialId, version: 1 }),
    );
    assert.equal((await shown.frame(watcher.client, 71)).status, 200);
    assert.equal((await shown.open(window)).material?.materialId, shown.checked.materialId);
  });

  it('[SH4] is written on by nobody who only watches, until the moderator lets them, and no longer than that', async () => {
    const { demonstrationId } = shown;
    const { window: moderator } = await shown.enter(world.moderator.client);
    const { window } = await shown.enter(watcher.client);
    const { target } = viewportOf(71, 1);
    const mark = {
      demonstrationId,
      annotationId: randomUUID(),
      mark: { target, shape: line(10) },
      actId: randomUUID(),
    };
    const tries = [
      () => window.request('showing:present', { demonstrationId }),
      () => window.request('showing:stop', { demonstrationId }),
      () => window.request('showing:mark', mark),
      () => window.request('showing:point', { demonstrationId, target, point: { x: 1, y: 1 } }),
    ];
    for (const one of tries) assert.match(await refusalOf(one()), /forbidden/);
    const params = { demonstrationId, accountId: watcher.accountId };
    await refusedAs('forbidden', world.surgeon.call('showing:name', { params }));
    const { named } = await world.moderator.client.call('showing:name', { params });
    assert.deepEqual(
      named.map(({ accountId }) => accountId),
      [watcher.accountId],
    );
    await window.request('showing:present', { demonstrationId });
    await shown.move(window, viewportOf(71, 2));
    await window.request('showing:mark', mark);
    assert.equal((await moderator.next('showing:marked')).authorId, watcher.accountId);
    await world.moderator.client.call('showing:unname', { params });
    await moderator.next('showing:changed', (told) => isNothing(told) && told.named.length === 0);
    for (const one of tries) assert.match(await refusalOf(one()), /forbidden/);
    const stranger = await connect(server.url, (await addStranger(server)).cookie);
    assert.match(await refusalOf(shown.open(stranger)), /not-found/);
    stranger.close();
  });

  it('[SH5] keeps marks by author and act: done once, taken back, done again', async () => {
    const { demonstrationId } = shown;
    const { window: surgeon } = await shown.enter(world.surgeon);
    const { window: moderator } = await shown.enter(world.moderator.client);
    const { target } = viewportOf(71, 1);
    const annotationId = randomUUID();
    const put = { demonstrationId, annotationId, mark: { target, shape: line(10) }, actId: randomUUID() };
    assert.deepEqual(await surgeon.request('showing:mark', put), { revision: 1 });
    assert.deepEqual(await surgeon.request('showing:mark', put), { revision: 1 });
    const other = { ...put, mark: { target, shape: line(20) }, actId: randomUUID() };
    assert.match(await refusalOf(moderator.request('showing:mark', other)), /forbidden/);
    const step = (direction: 'undo' | 'redo') =>
      surgeon.request('showing:step', { demonstrationId, actId: put.actId, direction });
    assert.deepEqual(await step('undo'), { revision: 2 });
    assert.deepEqual(await step('undo'), { revision: 2 });
    assert.deepEqual(await step('redo'), { revision: 3 });
    const { marks, revision } = await shown.open(moderator);
    assert.equal(revision, 3);
    assert.deepEqual(
      marks.map((one) => [one.annotationId, one.shape, one.authorId]),
      [[annotationId, line(10), world.surgeonId]],
    );
    const naming = { kind: 'arrow' as const, tail: { x: 1, y: 1 }, head: { x: 2, y: 2 }, text: '张建国' };
    const named = { ...put, annotationId: randomUUID(), mark: { target, shape: naming }, actId: randomUUID() };
    assert.match(await refusalOf(surgeon.request('showing:mark', named)), /patient-named|invalid-message/);
    const hidden = { ...put, annotationId: randomUUID(), mark: { target: viewportOf(72, 1).target, shape: line(1) } };
    assert.match(await refusalOf(surgeon.request('showing:mark', { ...hidden, actId: randomUUID() })), /not-found/);
  });

  // The last: it has grown for all of them.
  it('[SH3] takes off a study that has grown since it was looked through', async () => {
    const { demonstrationId } = shown;
    const { window: surgeon } = await shown.enter(world.surgeon);
    const { window } = await shown.enter(watcher.client);
    await surgeon.request('showing:present', { demonstrationId });
    await shown.move(surgeon, viewportOf(71, 1));
    await window.next('showing:changed', ({ material }) => material !== null);
    await shown.grow();
    await window.next('showing:changed', isNothing);
  });
});
