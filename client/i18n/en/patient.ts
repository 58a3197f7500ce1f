import type { Texts } from '../texts.ts';
import type { patient as zh } from '../zh-CN/patient.ts';

export const patient: Texts<typeof zh> = {
  title: 'Patient',
  noName: 'Name not entered',
  id: 'ID {{id}}',
  and: ', ',
  examinedOn: 'Examined {{date}}',
  other:
    'Wrong patient! Image file: {{files}}. Patient of this case: {{patient}}. Mismatch: {{fields}}. Stop reading and verify.',
  several: 'This study contains files of different patients: {{files}}. Verify before reading.',
  unverified: 'Patient in file: {{file}} (could not be verified automatically)',
  unnamed: 'The image file does not identify the patient',
  field: { name: 'name', sex: 'sex', birthDate: 'date of birth', idNumber: 'ID number' },
};
