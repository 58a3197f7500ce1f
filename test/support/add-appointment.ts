import { randomUUID } from 'node:crypto';
import type { Appointment } from '../../server/accounts/appointment.ts';
import type { Database } from '../../server/database/database.ts';

/** A further appointment of somebody, without end unless it is said. @returns its id. */
export async function addAppointment(
  database: Database,
  appointment: Pick<Appointment, 'accountId' | 'facilityId' | 'role'> & Partial<Appointment>,
): Promise<string> {
  const appointmentId = randomUUID();
  await database.write(({ accounts }) =>
    accounts.insertAppointment({
      appointmentId,
      department: null,
      title: '主任医师',
      specialty: null,
      fromDay: null,
      toDay: null,
      endedAt: null,
      revision: 1,
      ...appointment,
    }),
  );
  return appointmentId;
}
