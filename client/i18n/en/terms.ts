import type { Texts } from '../texts.ts';
import type { terms as zh } from '../zh-CN/terms.ts';

export const terms: Texts<typeof zh> = {
  state: {
    draft: 'Draft',
    submitted: 'Submitted',
    supplement: 'More requested',
    accepted: 'Accepted',
    'in-consultation': 'In consultation',
    issued: 'Report issued',
    acknowledged: 'Completed',
    declined: 'Declined',
    cancelled: 'Cancelled',
  },
  serviceForm: { video: 'Video consultation', written: 'Written consultation' },
  urgency: { emergency: 'Emergency', urgent: 'Urgent', routine: 'Routine' },
  sex: { male: 'Male', female: 'Female', unknown: 'Not stated' },
  role: {
    physician: 'Physician',
    coordinator: 'Coordinator',
    specialist: 'Specialist',
    surgeon: 'Surgeon',
    trainee: 'Trainee',
    admin: 'Administrator',
    auditor: 'Auditor',
  },
  tier: { province: 'Province', city: 'City', county: 'County', township: 'Township' },
  signer: { patient: 'the patient', guardian: 'the guardian', relative: 'a close relative' },
  pictureKind: { imaging: 'Images', ecg: 'ECG', pathology: 'Slide' },
  pictureCount: {
    imaging_one: '{{count}} image',
    imaging_other: '{{count}} images',
    ecg_one: '{{count}} ECG',
    ecg_other: '{{count}} ECGs',
    pathology_one: '{{count}} slide',
    pathology_other: '{{count}} slides',
  },
  seriesCount_one: '{{count}} series',
  seriesCount_other: '{{count}} series',
  age: '{{years}} y',
  ageMonths: '{{months}} mo',
  ageDays: '{{days}} d',
};
