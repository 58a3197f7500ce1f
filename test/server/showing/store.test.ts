import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Presenter, ShowingEvent, Viewport } from '../../../server/contract/index.ts';
import type { Database } from '../../../server/database/database.ts';
import { planned } from '../../../server/demonstrations/demonstration.ts';
import { createEventIds } from '../../../server/showing/event-id.ts';
import type { StoredMark } from '../../../server/showing/store.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { lengthTo, target, viewportAt } from '../../support/review-moves.ts';

const AT = new Date('2026-12-01T01:00:00.000Z');
const NOW = AT.toISOString();

eachDatabase('what demonstrations show', (open) => {
  let database: Database;
  let demonstrationId: string;
  const presenter: Presenter = { accountId: randomUUID(), name: '林', peerId: 'window-1' };

  beforeEach(async () => {
    database = await open();
    demonstrationId = randomUUID();
    const facilityId = randomUUID();
    const facility = { facilityId, parentId: null, name: '医院', tier: 'county' as const, region6: '230125' };
    const people = { facilityId, surgeonId: randomUUID(), createdBy: randomUUID() };
    await database.write(async ({ facilities, demonstrations }) => {
      await facilities.insert({ ...facility, changedAt: NOW });
      await demonstrations.insert(planned({ demonstrationId, ...people }, AT));
    });
  });

  it('keeps who presents what, and the viewport of whoever presents alone', async () => {
    const { showings } = database.read;
    const nothing = await showings.find(demonstrationId);
    assert.deepEqual([nothing.materialId, nothing.presenter, nothing.named], [null, null, []]);
    const materialId = randomUUID();
    const shown = { ...nothing, materialId, presenter, named: [randomUUID()], version: 7 };
    await database.write((stores) => stores.showings.save(shown));
    assert.deepEqual(await showings.find(demonstrationId), shown);
    const put = (peerId: string, viewport: Viewport) =>
      database.write((stores) => stores.showings.saveViewport(demonstrationId, peerId, viewport));
    assert.equal(await put('window-2', viewportAt(1)), false);
    assert.equal(await put('window-1', viewportAt(2)), true);
    assert.deepEqual((await showings.find(demonstrationId)).viewport, viewportAt(2));
    assert.deepEqual(
      (await showings.listShown()).map((one) => one.demonstrationId),
      [demonstrationId],
    );
    await database.write((stores) => stores.showings.save(nothing));
    assert.deepEqual(await showings.listShown(), []);
    assert.equal(await put('window-1', viewportAt(3)), false, 'nothing is shown');
  });

  it('keeps marks by revision, which rises without a gap, and events in their order with the acts that made them', async () => {
    const mark = (revision: number, shape: StoredMark['shape']): StoredMark => ({
      ...{ demonstrationId, annotationId: presenter.accountId, target, shape, revision },
      ...{ authorId: presenter.accountId, changedById: presenter.accountId, changedAt: NOW },
    });
    const nextId = createEventIds();
    const materialId = randomUUID();
    const act = { actId: randomUUID(), accountId: presenter.accountId, before: null };
    const events: ShowingEvent[] = [
      { kind: 'picture', materialId },
      { kind: 'viewport', viewport: viewportAt(1) },
      { kind: 'mark', mark: mark(1, lengthTo(9)) },
      { kind: 'picture', materialId: null },
    ];
    await database.write(async ({ showings }) => {
      await showings.saveMark(mark(1, lengthTo(9)));
      await showings.saveMark(mark(2, null));
      // All of one millisecond.
      const stored = events.map((event) => ({
        ...{ eventId: nextId(AT), demonstrationId, at: NOW, event },
        act: event.kind === 'mark' ? act : null,
      }));
      await showings.addEvents(stored);
      // Again, as after an answer that was lost.
      await showings.addEvents(stored);
    });
    const { showings } = database.read;
    assert.deepEqual(await showings.findMark(demonstrationId, presenter.accountId), mark(2, null));
    assert.deepEqual(await showings.listMarksSince(demonstrationId, 1), [mark(2, null)]);
    assert.equal(await showings.countMarks(demonstrationId), 1);
    assert.equal(await showings.lastRevision(demonstrationId), 0);
    const next = () => database.write((stores) => stores.showings.nextRevision(demonstrationId));
    assert.deepEqual([await next(), await next(), await showings.lastRevision(demonstrationId)], [1, 2, 2]);
    const listed = await showings.listEvents(demonstrationId, { limit: 10 });
    assert.deepEqual(
      listed.map(({ event }) => event),
      events,
    );
    const after = await showings.listEvents(demonstrationId, { afterId: listed[1]?.eventId ?? '', limit: 1 });
    assert.deepEqual(
      after.map(({ event }) => event),
      [events[2]],
    );
    const newest = await showings.listEvents(demonstrationId, { limit: 2, isNewest: true });
    assert.deepEqual(newest, listed.slice(-2));
    assert.deepEqual((await showings.findAct(demonstrationId, act.actId))?.act, act);
  });
});
