import { type EntityManager, In, IsNull, Not } from 'typeorm';
import type { Call } from '../../call/call.ts';
import type { CallStore } from '../../call/store.ts';
import { insertRow } from '../insert-row.ts';
import { insertNew } from '../update-row.ts';
import { CallRow, RingStopRow } from './rows.ts';

export function createCallStore(manager: EntityManager): CallStore {
  const listActive = async (consultationIds: string[]): Promise<Call[]> => {
    if (consultationIds.length === 0) return [];
    return (await manager.findBy(CallRow, { activeConsultationId: In(consultationIds) })).map(toCall);
  };
  return {
    insertActive: (call) => insertRow(manager, CallRow, { ...call, activeConsultationId: call.consultationId }),
    findActive: async (consultationId) => (await listActive([consultationId]))[0],
    listActive,
    async findMany(callIds) {
      if (callIds.length === 0) return [];
      return (await manager.findBy(CallRow, { callId: In(callIds) })).map(toCall);
    },
    listAllActive: async () => (await manager.findBy(CallRow, { activeConsultationId: Not(IsNull()) })).map(toCall),
    async end(callId, endedAt) {
      await manager.update(CallRow, { callId }, { endedAt, activeConsultationId: null });
    },
    async stopRing(callId, accountId, at) {
      await insertNew(manager, RingStopRow, { callId, accountId, at });
    },
    isRingStopped: (callId, accountId) => manager.existsBy(RingStopRow, { callId, accountId }),
  };
}

function toCall({ activeConsultationId, ...call }: Call & { activeConsultationId: string | null }): Call {
  return call;
}
