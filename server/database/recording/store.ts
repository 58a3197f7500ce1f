import { type EntityManager, IsNull } from 'typeorm';
import type { Recording, RecordingStore, Replay } from '../../recordings/store.ts';
import { insertRow } from '../insert-row.ts';
import { insertNew, updateRow } from '../update-row.ts';
import { ProgramRow, RecordingRow, ReplayRow } from './rows.ts';

export function createRecordingStore(manager: EntityManager): RecordingStore {
  const change = (recordingId: string, changes: Partial<Recording>) =>
    updateRow<Recording>(manager, RecordingRow, { recordingId }, changes);
  return {
    insert: (recording) => insertRow(manager, RecordingRow, recording),
    listOf: (demonstrationId) =>
      manager.find(RecordingRow, { where: { demonstrationId }, order: { startedAt: 'ASC', recordingId: 'ASC' } }),
    listOpen: () => manager.findBy(RecordingRow, { stoppedAt: IsNull() }),
    async putFault(recordingId, fault) {
      await change(recordingId, { fault });
    },
    async stop(recordingId, at) {
      await change(recordingId, { stoppedAt: at });
    },
    async seal(demonstrationId, at) {
      const open = await manager.findBy(RecordingRow, { demonstrationId, sealedAt: IsNull() });
      for (const { recordingId } of open) await change(recordingId, { sealedAt: at });
      return open.length;
    },
    async noteProgram(chosen) {
      const { demonstrationId } = chosen;
      const position = await manager.countBy(ProgramRow, { demonstrationId });
      await insertRow(manager, ProgramRow, { ...chosen, position });
    },
    async listPrograms(demonstrationId) {
      const rows = await manager.find(ProgramRow, { where: { demonstrationId }, order: { position: 'ASC' } });
      return rows.map(({ position: _, ...chosen }) => chosen);
    },
    async findReplay(demonstrationId) {
      const row = await manager.findOneBy(ReplayRow, { demonstrationId });
      if (!row) return undefined;
      return { ...row, leftOutQuestions: row.leftOutQuestions ?? [], maskedParts: row.maskedParts ?? [] };
    },
    async putReplay(replay) {
      const { demonstrationId, ...rest } = replay;
      if (!(await insertNew(manager, ReplayRow, replay)))
        await updateRow<Replay>(manager, ReplayRow, { demonstrationId }, rest);
    },
  };
}
