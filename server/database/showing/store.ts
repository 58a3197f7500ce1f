import { And, type EntityManager, In, IsNull, LessThan, MoreThan, Not } from 'typeorm';
import type { ShowingStore, StoredMark, StoredShowing, StoredShowingEvent } from '../../showing/store.ts';
import { lastCount, nextCount } from '../counter.ts';
import { insertIfNew } from '../insert-row.ts';
import { insertNew, updateRow } from '../update-row.ts';
import { type ShowingEventRecord, ShowingEventRow, ShowingRow, ShownMarkRow, StillRow } from './rows.ts';

type ShowingRecord = StoredShowing & { presenterPeerId: string | null };

export function createShowingStore(manager: EntityManager): ShowingStore {
  return {
    async addStill(still) {
      await insertNew(manager, StillRow, still);
    },
    async removeStill(demonstrationId, materialId) {
      const { affected } = await manager.delete(StillRow, { demonstrationId, materialId });
      return Number(affected ?? 0) > 0;
    },
    listStills: (demonstrationId) =>
      manager.find(StillRow, { where: { demonstrationId }, order: { takenAt: 'ASC', materialId: 'ASC' } }),
    async find(demonstrationId) {
      const row = await manager.findOneBy(ShowingRow, { demonstrationId });
      return row ? toShowing(row) : nothingShown(demonstrationId);
    },
    async save(showing) {
      const { demonstrationId, viewport, ...rest } = showing;
      const changes = { ...rest, presenterPeerId: showing.presenter?.peerId ?? null };
      if (await insertNew(manager, ShowingRow, { ...changes, demonstrationId, viewport })) return;
      const whole = viewport === null ? { ...changes, viewport } : changes;
      await updateRow<ShowingRecord>(manager, ShowingRow, { demonstrationId }, whole);
    },
    saveViewport: (demonstrationId, peerId, viewport) =>
      updateRow<ShowingRecord>(
        manager,
        ShowingRow,
        { demonstrationId, presenterPeerId: peerId, materialId: Not(IsNull()) },
        { viewport },
      ),
    listShown: async () => (await manager.findBy(ShowingRow, { materialId: Not(IsNull()) })).map(toShowing),

    nextRevision: (demonstrationId) => nextCount(manager, marksOf(demonstrationId)),
    lastRevision: (demonstrationId) => lastCount(manager, marksOf(demonstrationId)),
    findMark: async (demonstrationId, annotationId) =>
      (await manager.findOneBy(ShownMarkRow, { demonstrationId, annotationId })) ?? undefined,
    async saveMark(mark) {
      const { demonstrationId, annotationId } = mark;
      if (!(await insertNew(manager, ShownMarkRow, mark)))
        await updateRow<StoredMark>(manager, ShownMarkRow, { demonstrationId, annotationId }, mark);
    },
    listMarksSince: (demonstrationId, revision) =>
      manager.find(ShownMarkRow, {
        where: { demonstrationId, revision: MoreThan(revision) },
        order: { revision: 'ASC' },
      }),
    countMarks: (demonstrationId) => manager.countBy(ShownMarkRow, { demonstrationId }),

    async addEvents(events) {
      for (const event of events) await insertIfNew(manager, ShowingEventRow, toRecord(event));
    },
    async findAct(demonstrationId, actId) {
      const row = await manager.findOneBy(ShowingEventRow, { demonstrationId, actId });
      return row ? toEvent(row) : undefined;
    },
    async listEvents(demonstrationId, { afterId = '', untilId, kinds, limit, isNewest = false }) {
      const eventId = untilId === undefined ? MoreThan(afterId) : And(MoreThan(afterId), LessThan(untilId));
      const rows = await manager.find(ShowingEventRow, {
        where: { demonstrationId, eventId, ...(kinds && { kind: In([...kinds]) }) },
        order: { eventId: isNewest ? 'DESC' : 'ASC' },
        take: limit,
      });
      if (isNewest) rows.reverse();
      return rows.map(({ eventId, at, event }) => ({ eventId, at, event }));
    },
  };
}

export const nothingShown = (demonstrationId: string): StoredShowing => ({
  demonstrationId,
  materialId: null,
  presenter: null,
  viewport: null,
  named: [],
  version: 0,
});

const marksOf = (demonstrationId: string): string => `marks/${demonstrationId}`;

const toShowing = ({ presenterPeerId: _, ...showing }: ShowingRecord): StoredShowing => showing;

function toRecord({ act, event, ...rest }: StoredShowingEvent): ShowingEventRecord {
  return {
    ...rest,
    event,
    kind: event.kind,
    actId: act?.actId ?? null,
    accountId: act?.accountId ?? null,
    before: act?.before ?? null,
  };
}

function toEvent({
  eventId,
  demonstrationId,
  at,
  event,
  actId,
  accountId,
  before,
}: ShowingEventRecord): StoredShowingEvent {
  const act = actId === null || accountId === null ? null : { actId, accountId, before };
  return { eventId, demonstrationId, at, event, act };
}
