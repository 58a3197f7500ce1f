import type { EntityManager } from 'typeorm';
import type { HallStore, StoredHall, StoredVoice } from '../../demonstrations/hall/store.ts';
import { insertIfNew } from '../insert-row.ts';
import { insertNew, updateRow } from '../update-row.ts';
import { type HallOrders, HallRow, VoiceRow } from './hall-rows.ts';

const NOTHING: StoredHall = {
  program: { layout: 'single', main: null, second: null },
  cut: { number: 0, picture: false, sound: false },
  untoldCut: null,
};

export function createHallStore(manager: EntityManager): HallStore {
  const put = async (demonstrationId: string, changes: Partial<HallOrders>): Promise<void> => {
    await insertIfNew(manager, HallRow, { demonstrationId, ...NOTHING });
    await updateRow<HallOrders>(manager, HallRow, { demonstrationId }, changes);
  };
  return {
    async find(demonstrationId) {
      const { program, cut, untoldCut } = (await manager.findOneBy(HallRow, { demonstrationId })) ?? NOTHING;
      return { program, cut, untoldCut };
    },
    putProgram: (demonstrationId, program) => put(demonstrationId, { program }),
    putCut: (demonstrationId, cut, untoldCut) => put(demonstrationId, { cut, untoldCut }),
    listVoices: (demonstrationId) =>
      manager.find(VoiceRow, { where: { demonstrationId }, order: { givenAt: 'ASC', accountId: 'ASC' } }),
    async putVoice(voice) {
      const { demonstrationId, accountId, ...rest } = voice;
      if (!(await insertNew(manager, VoiceRow, voice)))
        await updateRow<StoredVoice>(manager, VoiceRow, { demonstrationId, accountId }, rest);
    },
    async removeVoice(demonstrationId, accountId) {
      const { affected } = await manager.delete(VoiceRow, { demonstrationId, accountId });
      return Number(affected ?? 0) > 0;
    },
  };
}
