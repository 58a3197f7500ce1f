import { EntitySchema } from 'typeorm';
import type { Shape, ShowingEvent } from '../../contract/index.ts';
import type { Still, StoredMark, StoredShowing } from '../../showing/store.ts';
import { idColumn, instantColumn, integerColumn, jsonColumn, nullable, primary } from '../columns.ts';

/** `presenterPeerId`: of the presenter, to be asked for by itself. */
export const ShowingRow = new EntitySchema<StoredShowing & { presenterPeerId: string | null }>({
  name: 'showing',
  columns: {
    demonstrationId: primary(idColumn),
    materialId: nullable(idColumn),
    presenter: nullable(jsonColumn),
    presenterPeerId: nullable({ type: 'varchar', length: 64 }),
    viewport: nullable(jsonColumn),
    named: jsonColumn,
    version: integerColumn,
  },
});

export const ShownMarkRow = new EntitySchema<StoredMark>({
  name: 'shown_mark',
  columns: {
    demonstrationId: primary(idColumn),
    annotationId: primary(idColumn),
    target: jsonColumn,
    shape: nullable(jsonColumn),
    revision: integerColumn,
    authorId: idColumn,
    changedById: idColumn,
    changedAt: instantColumn,
  },
});

export interface ShowingEventRecord {
  eventId: string;
  demonstrationId: string;
  at: string;
  /** Stands in the event too: by it is looked for. */
  kind: ShowingEvent['kind'];
  event: ShowingEvent;
  actId: string | null;
  accountId: string | null;
  before: Shape | null;
}

export const ShowingEventRow = new EntitySchema<ShowingEventRecord>({
  name: 'showing_event',
  columns: {
    eventId: primary(idColumn),
    demonstrationId: idColumn,
    at: { ...instantColumn, name: 'happenedAt' },
    kind: { type: 'varchar', length: 16 },
    event: { ...jsonColumn, name: 'content' },
    actId: nullable(idColumn),
    accountId: nullable(idColumn),
    before: { ...nullable(jsonColumn), name: 'shapeBefore' },
  },
});

export const StillRow = new EntitySchema<Still>({
  name: 'demonstration_still',
  columns: {
    demonstrationId: primary(idColumn),
    materialId: primary(idColumn),
    takenBy: idColumn,
    takenAt: instantColumn,
  },
});

export const showingRows = [ShowingRow, ShownMarkRow, ShowingEventRow, StillRow];
