import type { Texts } from '../texts.ts';
import type { patients as zh } from '../zh-CN/patients.ts';

export const patients: Texts<typeof zh> = {
  title: 'Patients',
  intro:
    'Finds patients of the cases that you may see. Names and numbers are partly hidden; each search and each look at full details is recorded.',
  search: 'Find a patient',
  searchHint:
    'Name, pinyin or initials, or a whole number: ID card, health card, social security card, passport, phone, hospital number (press /)',
  columns: {
    patient: 'Patient',
    identifiers: 'Documents and numbers',
    facility: 'Registered at',
    cases: 'Cases',
    latest: 'Latest case',
  },
  open: 'Open patient {{label}}',
  caseCount_one: '{{count}} case',
  caseCount_other: '{{count}} cases',
  matched: 'Number matches: {{kinds}}',
  noDocument: 'No document yet',
  more: 'There are many; the first {{count}} are shown. Type more of the name, or a whole number.',
  keyboardHint: '↑ ↓ to choose, Enter to open, / to search',
  found: '{{count}} found',
  start: {
    title: 'Type a name or a number',
    text: 'For example “李春”, “lichun” or “lcm”, or a whole document or phone number.',
  },
  none: {
    title: 'No such patient found',
    text: 'Please check what you typed. Only patients of cases that you take part in are found; numbers must be complete.',
  },
  page: {
    title: 'Patient details',
    identity: 'Identity',
    name: 'Name',
    cases: 'Cases',
    back: 'Back to finding patients',
    gone: { title: 'No such patient', text: 'Or you may no longer see any of their cases.' },
    ledger: 'Access ledger',
    ledgerHint:
      'Who looked at the data of this patient, when, and on what ground. Patients may ask for it; it can be printed for them.',
    openLedger: 'Open the access ledger',
    revealHint: 'Hides again after a minute; each look is recorded',
  },
  ledger: {
    title: 'Access ledger of a patient',
    intro:
      'Everybody who looked at data of this patient, those of cases that you may not open too. Opening the same images again within ten minutes counts once.',
    print: 'Print the whole ledger',
    printing: 'Reading the whole ledger…',
    back: 'Back to the patient',
    at: 'Time ({{zone}})',
    who: 'Person',
    facility: 'Facility',
    what: 'What was read',
    basis: 'Ground',
    case: 'Case',
    printedAt: 'Printed {{at}}',
    more: 'Load earlier entries',
    all: 'All {{count}} entries are shown',
  },
  kind: {
    'id-card': 'ID card',
    passport: 'Passport',
    'hk-macao-permit': 'Hong Kong and Macao permit',
    'taiwan-permit': 'Taiwan permit',
    'foreign-residence-card': 'Foreign residence card',
    'birth-certificate': 'Birth certificate',
    'military-id': 'Military ID',
    other: 'Other document',
    'health-card': 'Health card',
    'social-security-card': 'Social security card',
    'hospital-number': 'Hospital number',
    phone: 'Phone',
  },
};
