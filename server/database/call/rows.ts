import { EntitySchema } from 'typeorm';
import type { Call } from '../../call/call.ts';
import { idColumn, instantColumn, nullable, primary } from '../columns.ts';

export const CallRow = new EntitySchema<Call & { activeConsultationId: string | null }>({
  name: 'consultation_call',
  columns: {
    callId: primary(idColumn),
    consultationId: idColumn,
    activeConsultationId: nullable(idColumn),
    startedAt: instantColumn,
    startedBy: idColumn,
    endedAt: nullable(instantColumn),
  },
});

export const RingStopRow = new EntitySchema<{ callId: string; accountId: string; at: string }>({
  name: 'call_ring_stop',
  columns: { callId: primary(idColumn), accountId: primary(idColumn), at: instantColumn },
});
