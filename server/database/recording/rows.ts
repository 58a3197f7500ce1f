import { EntitySchema } from 'typeorm';
import type { Recording, Replay, StoredProgram } from '../../recordings/store.ts';
import { idColumn, instantColumn, integerColumn, jsonColumn, nullable, primary } from '../columns.ts';

export const RecordingRow = new EntitySchema<Recording>({
  name: 'recording',
  columns: {
    recordingId: primary(idColumn),
    demonstrationId: idColumn,
    startedBy: idColumn,
    startedAt: instantColumn,
    stoppedAt: nullable(instantColumn),
    sealedAt: nullable(instantColumn),
    fault: nullable({ type: 'varchar', length: 16 }),
  },
});

/** Two of one millisecond lie in the order in which they were chosen. */
export const ProgramRow = new EntitySchema<StoredProgram & { position: number }>({
  name: 'recording_program',
  columns: {
    demonstrationId: primary(idColumn),
    position: primary(integerColumn),
    at: { ...instantColumn, name: 'chosenAt' },
    program: jsonColumn,
  },
});

type Later = 'leftOutQuestions' | 'maskedParts';
/** Null: it was opened before there were any of these. */
export type ReplayRecord = Omit<Replay, Later> & { [K in Later]: Replay[K] | null };

export const ReplayRow = new EntitySchema<ReplayRecord>({
  name: 'replay',
  columns: {
    demonstrationId: primary(idColumn),
    cutParts: jsonColumn,
    leftOutQuestions: nullable(jsonColumn),
    maskedParts: nullable(jsonColumn),
    chapters: jsonColumn,
    openedBy: idColumn,
    openedAt: instantColumn,
    publishedBy: nullable(idColumn),
    publishedAt: nullable(instantColumn),
  },
});
