import type { Texts } from '../texts.ts';
import type { workList as zh } from '../zh-CN/work-list.ts';

export const workList: Texts<typeof zh> = {
  title: 'Work list',
  newConsultation: 'New consultation',
  newHint: 'Describe the case, add the examinations, and ask a specialist',
  tabs: { mine: 'Waiting for me', running: 'In progress', finished: 'Finished', drafts: 'Drafts' },
  columns: {
    urgency: 'Urgency',
    caseNumber: 'Case number',
    patient: 'Patient',
    diagnosis: 'Working diagnosis',
    specialty: 'Specialty',
    requester: 'Requested by',
    specialist: 'Specialist',
    state: 'State',
    waited: 'Waiting for',
    changed: 'Last change',
  },
  callActive: 'Video going on',
  join: 'Enter the room',
  nobody: 'Nobody yet',
  noDiagnosis: 'Not filled in',
  noSpecialty: 'Not chosen',
  noPatient: 'No name yet',
  open: 'Open case {{caseNumber}}',
  noPart: {
    title: 'Your account has no part in consultations',
    text: 'If you need to request or join consultations, ask the administrator of your hospital.',
  },
  keyboardHint: '↑ ↓ to choose, Enter to open',
  empty: {
    mine: {
      title: 'Nothing is waiting for you',
      text: 'A new case appears here by itself when it arrives, with a sound.',
    },
    running: { title: 'No consultation is in progress', text: 'Submitted and accepted cases appear here.' },
    finished: {
      title: 'No consultation is finished yet',
      text: 'Cases with an issued report, and those declined or cancelled, appear here.',
    },
    drafts: { title: 'No drafts', text: 'A half-written application is saved here by itself; go on at any time.' },
    createText: 'Click "New consultation" at the top right to ask a specialist for an opinion.',
  },
};
