import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { addAppointment, editAppointment, endAppointment, resumeAppointment } from './appointment-use-cases.ts';
import type { PeopleParts } from './people.ts';

type AppointmentRoutes = 'appointment:add' | 'appointment:edit' | 'appointment:end' | 'appointment:resume';

export function appointmentRoutes(parts: PeopleParts & { clock: () => Date }): Pick<RouteHandlers, AppointmentRoutes> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  return {
    'appointment:add': (call) => addAppointment(parts, asked(call), call.body),
    'appointment:edit': (call) => editAppointment(parts, asked(call), call.params.appointmentId, call.body),
    'appointment:resume': (call) =>
      resumeAppointment(parts, asked(call), call.params.appointmentId, call.body.revision),
    'appointment:end': (call) => endAppointment(parts, asked(call), call.params.appointmentId, call.body.revision),
  };
}
