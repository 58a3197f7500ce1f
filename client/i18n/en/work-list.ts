import type { Texts } from '../texts.ts';
import type { workList as zh } from '../zh-CN/work-list.ts';

export const workList: Texts<typeof zh> = {
  title: 'Work list',
  newConsultation: 'New consultation',
  newHint: 'Describe the case, attach the examinations and consult a specialist',
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
  callActive: 'Call in progress',
  join: 'Enter the room',
  nobody: 'Not assigned',
  noDiagnosis: 'Not entered',
  noSpecialty: 'Not selected',
  noPatient: 'No name entered',
  open: 'Open case {{caseNumber}}',
  noPart: {
    title: 'Your account does not take part in consultations',
    text: 'If you need to request or join consultations, contact the administrator of your hospital.',
  },
  keyboardHint: '↑ ↓ to select, Enter to open',
  empty: {
    mine: {
      title: 'Nothing is waiting for you',
      text: 'New cases appear here automatically, with a sound.',
    },
    running: { title: 'No consultation is in progress', text: 'Submitted and accepted cases appear here.' },
    finished: {
      title: 'No consultation is finished yet',
      text: 'Cases with an issued report, and those declined or cancelled, appear here.',
    },
    drafts: { title: 'No drafts', text: 'Unfinished requests are saved here automatically; continue at any time.' },
    createText: 'Click "New consultation" at the top right to ask a specialist for an opinion.',
  },
};
