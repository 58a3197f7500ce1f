import { EntitySchema } from 'typeorm';
import type { Viewport } from '../../contract/index.ts';
import type { StoredAct, StoredAnnotation } from '../../review/board.ts';
import type { Presenting } from '../../review/presenting.ts';
import { idColumn, instantColumn, integerColumn, jsonColumn, nullable, primary } from '../columns.ts';

export const AnnotationRow = new EntitySchema<StoredAnnotation>({
  name: 'annotation',
  columns: {
    consultationId: primary(idColumn),
    annotationId: primary(idColumn),
    target: jsonColumn,
    shape: nullable(jsonColumn),
    revision: integerColumn,
    authorId: idColumn,
    changedById: idColumn,
    changedAt: instantColumn,
  },
});

export const ActRow = new EntitySchema<StoredAct>({
  name: 'annotation_act',
  columns: {
    consultationId: primary(idColumn),
    actId: primary(idColumn),
    accountId: idColumn,
    sequence: integerColumn,
    annotationId: idColumn,
    target: jsonColumn,
    before: nullable(jsonColumn),
    after: nullable(jsonColumn),
    authorId: idColumn,
    undone: { type: 'boolean' },
  },
});

export interface PresentingRecord {
  consultationId: string;
  presenting: Presenting;
  presenterPeerId: string | null;
  viewport: Viewport | null;
}

/** The database calls who presents a stage, as the first version did. */
export const PresentingRow = new EntitySchema<PresentingRecord>({
  name: 'review_stage',
  columns: {
    consultationId: primary(idColumn),
    presenting: { ...jsonColumn, name: 'stage' },
    presenterPeerId: nullable({ type: 'varchar', length: 64 }),
    viewport: nullable(jsonColumn),
  },
});
