import { EntitySchema } from 'typeorm';
import type { Viewport } from '../contract/index.ts';
import type { StoredAnnotation } from '../review/board.ts';
import type { Stage } from '../review/stage.ts';
import { idColumn, instantColumn, integerColumn, jsonColumn, nullable, primary } from './columns.ts';

export const AnnotationRow = new EntitySchema<StoredAnnotation>({
  name: 'annotation',
  columns: {
    consultationId: primary(idColumn),
    annotationId: primary(idColumn),
    target: jsonColumn,
    shape: nullable(jsonColumn),
    revision: integerColumn,
    authorId: idColumn,
    changedAt: instantColumn,
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
