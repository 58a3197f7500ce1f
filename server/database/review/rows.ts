import { EntitySchema } from 'typeorm';
import type { Viewport } from '../../contract/index.ts';
import type { StoredAct, StoredAnnotation } from '../../review/board.ts';
import type { Stage } from '../../review/stage.ts';
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

export interface StageRecord {
  consultationId: string;
  stage: Stage;
  presenterPeerId: string | null;
  viewport: Viewport | null;
}

export const StageRow = new EntitySchema<StageRecord>({
  name: 'review_stage',
  columns: {
    consultationId: primary(idColumn),
    stage: jsonColumn,
    presenterPeerId: nullable({ type: 'varchar', length: 64 }),
    viewport: nullable(jsonColumn),
  },
});
