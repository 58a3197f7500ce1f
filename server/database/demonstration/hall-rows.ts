import { EntitySchema } from 'typeorm';
import type { StoredHall, StoredVoice } from '../../demonstrations/hall/store.ts';
import { idColumn, instantColumn, jsonColumn, nullable, primary } from '../columns.ts';

export interface HallOrders extends StoredHall {
  demonstrationId: string;
}

export const HallRow = new EntitySchema<HallOrders>({
  name: 'demonstration_hall',
  columns: {
    demonstrationId: primary(idColumn),
    program: jsonColumn,
    cut: jsonColumn,
    untoldCut: nullable(jsonColumn),
  },
});

export const VoiceRow = new EntitySchema<StoredVoice>({
  name: 'demonstration_voice',
  columns: {
    demonstrationId: primary(idColumn),
    accountId: primary(idColumn),
    facilityId: idColumn,
    sources: jsonColumn,
    givenBy: idColumn,
    givenAt: instantColumn,
  },
});
