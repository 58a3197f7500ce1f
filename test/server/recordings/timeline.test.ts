import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { failureFromReply } from '../../../client/api/failures.ts';
import { saveDraft } from '../../../client/replay/save-draft.ts';
import { type ReplaySaveInput, ReplayView, type ShowingSnapshot, showingAt } from '../../../server/contract/index.ts';
import { createEventIds } from '../../../server/showing/event-id.ts';
import { addStranger } from '../../support/add-stranger.ts';
import type { Client } from '../../support/client.ts';
import type { Connection } from '../../support/connect.ts';
import type { DemonstrationWorld, Entered } from '../../support/demonstration-world.ts';
import { eventually } from '../../support/eventually.ts';
import { createRandom } from '../../support/random.ts';
import { refusedAs } from '../../support/refusal.ts';
import { line, openShowingWorld, type ShowingWorld, viewportOf } from '../../support/showing-world.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

/** What a window was shown at one instant. */
interface Seen {
  atMs: number;
  snapshot: ShowingSnapshot;
  pointed: number | null;
}

describe('what a replay has beside its picture and sound', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let world: DemonstrationWorld;
  let watcher: Entered;
  let shown: ShowingWorld;
  const seen: Seen[] = [];
  const asked = { unnamed: '', named: '', leftOut: '', cutOut: '', naming: randomUUID(), shownMs: 0 };

  before(async () => {
    server = await startServer({ isHallReady: () => true });
    shown = await openShowingWorld(server);
    ({ world, watcher } = shown);
    await shown.begin(true);
  });
  after(async () => {
    shown?.closeWindows();
    await server?.close();
  });

  /** Recorded from now on, by nothing that writes anything. */
  const record = (stoppedAt: Date) =>
    server.database.write(({ recordings }) =>
      recordings.insert({
        ...{ recordingId: randomUUID(), demonstrationId: shown.demonstrationId, startedBy: world.surgeonId },
        ...{ startedAt: new Date().toISOString(), stoppedAt: stoppedAt.toISOString(), sealedAt: null, fault: null },
      }),
    );
  const params = () => ({ demonstrationId: shown.demonstrationId });
  const version = async (client: Client) =>
    (await client.call('demonstration:read', { params: params() })).plan?.version ?? 0;
  const step = async (client: Client) => ({ params: params(), body: { version: await version(client) } });
  /** What a replay draws of an instant, asked for in a part that begins somewhere before it. */
  const drawn = async (client: Client, atMs: number, beforeMs: number) => {
    const fromAt = new Date(atMs - beforeMs).toISOString();
    const part = await client.call('replay:events', { params: params(), query: { fromAt } });
    return showingAt(part.events, atMs);
  };

  const ask = async (client: Client, text: string, isAnonymous = false): Promise<string> => {
    const questionId = randomUUID();
    await client.call('question:ask', { params: params(), body: { questionId, text, isAnonymous } });
    return questionId;
  };

  /** One act of somebody who shows, or none. @returns where they point now, undefined: where they did */
  async function act(window: Connection, watching: Connection, draw: number, next: () => number) {
    const { demonstrationId } = shown;
    const { target } = viewportOf(71, 1);
    if (draw < 0.4) await shown.move(window, viewportOf(71, 1 + Math.floor(next() * 3), Math.floor(next() * 64)));
    else if (draw < 0.55) {
      const mark = { target, shape: line(next() * 60) };
      await window.request('showing:mark', { demonstrationId, annotationId: randomUUID(), mark, actId: randomUUID() });
    } else if (draw < 0.75) {
      const strokeId = randomUUID();
      const track = { accountId: world.surgeonId, source: 'field' as const, label: null };
      for (let from = 0; from < 4; from += 1) {
        const points = [{ x: next(), y: next() }];
        await window.request('field:draw', { demonstrationId, strokeId, track, shape: 'stroke', from, points });
      }
    } else {
      const x = Math.floor(next() * 64);
      await window.request('showing:point', { demonstrationId, target, point: { x, y: 1 } });
      await watching.next('showing:pointed', ({ pointers }) => pointers.some(({ point }) => point?.x === x));
      return x;
    }
    return undefined;
  }

  it('[DM35] is drawn anew as it was live, at twenty instants', async () => {
    const { next } = createRandom(20_261_212);
    const { window: surgeon } = await shown.enter(world.surgeon);
    const { window } = await shown.enter(watcher.client);
    await surgeon.request('showing:present', params());
    await shown.move(surgeon, viewportOf(72, 1));
    await shown.move(surgeon, viewportOf(71, 1));
    await window.next('showing:changed', ({ material }) => material?.materialId === shown.checked.materialId);
    await record(new Date(Date.now() + 3_600_000));
    const { moderator, expert, nurse, deputy } = world;
    const unnamed = await ask(watcher.client, '段间平面怎样辨认？', true);
    asked.named = await ask(deputy.client, '切除范围怎样确定？');
    asked.leftOut = await ask(nurse.client, '这一问与手术无关。');
    const onScreen = { params: { ...params(), questionId: unnamed } };
    await moderator.client.call('question:show', onScreen);
    asked.shownMs = Date.now();
    asked.unnamed = unnamed;
    for (let instant = 0; instant < 20; instant += 1) {
      if (instant === 4) await moderator.client.call('question:mark', { ...onScreen, body: { state: 'answered' } });
      if (instant === 10) asked.cutOut = await ask(expert.client, '这一段会被剪除吗？');
      const pointed = [await act(surgeon, window, next(), next), await act(surgeon, window, next(), next)];
      const snapshot = await shown.open(window);
      const atMs = Date.now();
      seen.push({ snapshot, pointed: pointed.findLast((one) => one !== undefined) ?? null, atMs });
      await eventually('whatever comes next comes later', () => Date.now() > atMs);
    }
    await world.surgeon.call('demonstration:end', await step(world.surgeon));
    await refusedAs(
      'conflict/state-not-allowed',
      world.surgeon.call('replay:events', { params: params(), query: { fromAt: new Date().toISOString() } }),
    );
    await world.coordinator.call('demonstration:open-replay', await step(world.coordinator));
    for (const { atMs, snapshot, pointed } of seen) {
      const found = await drawn(world.moderator.client, atMs, Math.floor(next() * 59_000));
      assert.equal(found.materialId, snapshot.material?.materialId);
      assert.equal(found.presenterId, snapshot.presenter?.accountId);
      assert.deepEqual(found.viewport, snapshot.viewport);
      assert.deepEqual(
        [...found.marks.values()].map(({ annotationId, shape }) => [annotationId, shape]),
        snapshot.marks.map(({ annotationId, shape }) => [annotationId, shape]),
      );
      assert.deepEqual(
        found.strokes.map(({ strokeId, points }) => [strokeId, points]),
        snapshot.strokes.map(({ strokeId, points }) => [strokeId, points]),
      );
      if (pointed !== null) assert.equal([...found.pointers.values()][0]?.point?.x, pointed);
    }
    assert.ok(seen.some(({ snapshot }) => snapshot.strokes.length > 0 && snapshot.marks.length > 0));
  });

  it('[DM35] [DM36] is nothing of what was not recorded or is cut out, and pictures of the rest alone are handed out', async () => {
    const { moderator, surgeon, advocate } = world;
    const view = await moderator.client.call('replay:read', { params: params() });
    assert.deepEqual(
      view.timeline.pictures.map(({ materialId }) => materialId),
      [shown.checked.materialId],
      'the other was shown before anything was recorded',
    );
    assert.doesNotMatch(JSON.stringify(view.timeline), /Zhang|P-4711/);
    assert.ok(view.people.some(({ accountId }) => accountId === world.surgeonId));
    const statusOf = async (client: Client, series: number) => (await shown.frame(client, series)).status;
    assert.deepEqual([await statusOf(moderator.client, 71), await statusOf(moderator.client, 72)], [200, 404]);
    // Not published: nothing of it is a watcher's.
    assert.equal(await statusOf(watcher.client, 71), 404);
    const query = { fromAt: view.fromAt };
    await refusedAs('forbidden', watcher.client.call('replay:events', { params: params(), query }));
    await refusedAs('not-found', (await addStranger(server)).call('replay:events', { params: params(), query }));

    const [first, last] = [seen[8], seen[12]];
    assert.ok(first && last);
    const cut = { fromAt: new Date(first.atMs).toISOString(), toAt: new Date(last.atMs).toISOString() };
    const body = {
      version: view.version,
      cutParts: [cut],
      maskedParts: [],
      leftOutQuestions: [asked.leftOut],
      chapters: [],
    };
    await surgeon.call('replay:save', { params: params(), body });
    const whole = await drawn(moderator.client, (seen[10] ?? first).atMs, 1000);
    assert.equal(whole.materialId, shown.checked.materialId, 'whoever looks it through sees what is to be cut out');
    // What names the patient by now, whoever wrote it then.
    await server.database.write(({ asking }) =>
      asking.insertQuestion({
        ...{ questionId: asked.naming, demonstrationId: shown.demonstrationId, authorId: watcher.accountId },
        ...{ facilityId: watcher.facilityId, isAnonymous: false, text: '张建国术前用药？', state: 'asked' },
        ...{ askedAt: new Date(first.atMs - 1).toISOString(), markedAt: null },
      }),
    );
    // And what named the patient in the part that is cut out alone, by somebody who did nothing else.
    const { accountId: nurseId } = world.nurse;
    const arrow = { kind: 'arrow' as const, tail: { x: 0, y: 0 }, head: { x: 9, y: 9 }, text: '张建国' };
    const eventId = createEventIds();
    await server.database.write(({ showings }) =>
      showings.addEvents(
        [arrow, null].map((shape, index) => {
          const happenedAt = new Date(first.atMs + 1 + index);
          const at = happenedAt.toISOString();
          const mark = {
            ...{ ...params(), annotationId: params().demonstrationId, target: viewportOf(71, 1).target, shape },
            ...{ authorId: nurseId, changedById: nurseId, changedAt: at, revision: 10_000 + index },
          };
          return { ...params(), eventId: eventId(happenedAt), at, event: { kind: 'mark' as const, mark }, act: null };
        }),
      ),
    );
    const isNurseNamed = async (client: Client) =>
      (await client.call('replay:read', { params: params() })).people.some(({ accountId }) => accountId === nurseId);
    assert.ok(await isNurseNamed(moderator.client), 'to whoever looks it through');
    const publish = async () => moderator.client.ask('demonstration:publish-replay', await step(moderator.client));
    const { status, body: refusal } = await publish();
    assert.deepEqual([status, (refusal as { reason?: string }).reason], [400, 'patient-named']);
    const leftOutQuestions = [asked.leftOut, asked.naming];
    const calls = {
      // Refused as a browser hears it.
      save: async (draft: ReplaySaveInput) => {
        const reply = await surgeon.ask('replay:save', { params: params(), body: draft });
        if (reply.status >= 400) throw failureFromReply(reply.status, reply.body);
        return ReplayView.parse(reply.body);
      },
      read: () => surgeon.call('replay:read', { params: params() }),
    };
    const base = await calls.read();
    const stored = await server.database.read.demonstrations.find(shown.demonstrationId);
    const other = stored?.materials.find(({ materialId }) => materialId !== shown.checked.materialId) ?? assert.fail();
    await advocate.client.call('demonstration:withdraw-check', {
      params: { ...params(), materialId: other.materialId },
    });
    const { version: saved } = await saveDraft(calls, base, { ...body, leftOutQuestions });
    assert.ok(saved > base.version + 1, 'a picture that was taken off meanwhile hinders nobody');
    await assert.rejects(saveDraft(calls, base, { ...body, leftOutQuestions: [] }), { reason: 'version-outdated' });
    assert.equal((await publish()).status, 200);
    assert.equal(await isNurseNamed(watcher.client), false);
    assert.equal(await statusOf(watcher.client, 71), 200);
    for (const one of seen.slice(8, 12)) {
      const { materialId, strokes } = await drawn(watcher.client, one.atMs + 1, 30_000);
      assert.deepEqual([materialId, strokes], [null, []]);
    }
    const [before, after] = [seen[7], seen[19]];
    assert.ok(before && after);
    for (const { atMs, snapshot } of [before, after]) {
      const { viewport, marks } = await drawn(watcher.client, atMs, 30_000);
      assert.deepEqual([viewport, marks.size], [snapshot.viewport, snapshot.marks.length]);
    }
    const { timeline } = await watcher.client.call('replay:read', { params: params() });
    assert.ok(timeline.shown.length >= 2, 'before the part that is cut out, and after it');
    assert.ok(timeline.shown.every(({ fromAt, toAt }) => toAt <= cut.fromAt || fromAt >= cut.toAt));
  });

  it('[DM37] has the questions that the audience saw, as it saw them, and none that was left out', async () => {
    const { timeline, leftOutQuestions } = await watcher.client.call('replay:read', { params: params() });
    assert.deepEqual(leftOutQuestions, []);
    assert.deepEqual(
      timeline.questions.map(({ questionId, by, isAnswered }) => [questionId, by?.name, isAnswered]).toSorted(),
      [
        [asked.unnamed, undefined, true],
        [asked.named, (await world.deputy.client.call('session:read')).person.name, false],
      ].toSorted(),
    );
    const first = timeline.questions.find(({ questionId }) => questionId === asked.unnamed);
    assert.ok(Math.abs(Date.parse(first?.at ?? '') - asked.shownMs) < 1_000, 'where it stood before everybody');
    const onScreen = async (instant: number) =>
      (await drawn(watcher.client, seen[instant]?.atMs ?? 0, 20_000)).questionId;
    assert.deepEqual([await onScreen(1), await onScreen(7)], [asked.unnamed, null]);
  });

  it('[DM36] loses a picture on which somebody saw whose it is, and every copy of it', async () => {
    const { materialId } = shown.checked;
    const [, , , instant] = seen;
    assert.ok(instant);
    assert.equal((await shown.frame(watcher.client, 71)).status, 200);
    await world.advocate.client.call('demonstration:withdraw-check', { params: { ...params(), materialId } });
    for (const client of [watcher.client, world.surgeon])
      await eventually('nobody is handed it', async () => (await shown.frame(client, 71)).status === 404);
    const { timeline } = await watcher.client.call('replay:read', { params: params() });
    assert.deepEqual([timeline.pictures, timeline.shown], [[], []]);
    const { materialId: left, viewport, marks } = await drawn(watcher.client, instant.atMs, 30_000);
    assert.deepEqual([left, viewport, marks.size], [null, null, 0]);
  });
});
