import type { Texts } from '../texts.ts';
import type { appointments as zh } from '../zh-CN/appointments.ts';

export const appointments: Texts<typeof zh> = {
  title: 'Appointments',
  new: 'Add an appointment',
  newText:
    'For someone who already has an account at another facility. Ask them for account and name: both have to fit. The account goes on being administered from there.',
  submitNew: 'Appoint',
  added: '{{name}} has been appointed',
  department: 'Department',
  fromDay: 'First day',
  toDay: 'Last day',
  toDayHint: 'Until midnight of that day, China time; empty: until further notice.',
  daysFault: 'The last day is before the first',
  main: 'main appointment (the account is administered here)',
  from: 'from {{day}}',
  to: 'until {{day}}',
  endedAt: 'ended {{at}}',
  state: { upcoming: 'Upcoming', 'in-force': 'In force', ended: 'Ended' },
  edit: 'Change',
  editAt: 'Appointment at {{facility}}',
  end: 'End now',
  endText:
    'The rights of {{name}} at {{facility}} end at once; windows and calls in this appointment are disconnected. The account and other appointments stay as they are.',
  resume: 'Take up again',
  resumeText:
    'The appointment of {{name}} at {{facility}} is taken up again; where its last day is past, until further notice.',
  notOurs: 'This account is administered by another facility. You administer only the appointment at yours.',
  ended: {
    title: 'Your appointment has ended',
    others: 'Your appointment at {{facility}} ({{role}}) has ended. You have others; choose where to go on.',
    none: 'Your appointment at {{facility}} ({{role}}) has ended, and you have no other one in force. If in doubt, ask the administrator of your facility.',
  },
};
