import { createHash } from 'node:crypto';
import type { Element } from './write-dicom.ts';

/** Whom a picture shows, and when it was taken. */
export interface Subject {
  /** PS3.5 section 6.2.1.1: romanised and Chinese component group. */
  personName: string;
  patientId: string;
  /** `YYYY-MM-DD` */
  birthDate: string;
  sex: 'male' | 'female';
  institution: string;
  takenAt: Date;
}

/** A UID under 2.25 (PS3.5 section B.2): the same seed gives the same one. */
export function uidOf(seed: string): string {
  return `2.25.${BigInt(`0x${createHash('sha256').update(seed).digest('hex').slice(0, 32)}`)}`;
}

/** In China, as the device's own clock shows it. */
export function dicomDateTime(at: Date): { date: string; time: string } {
  const [date = '', time = ''] = new Date(at.getTime() + 8 * 3_600_000).toISOString().split('T');
  return { date: date.replaceAll('-', ''), time: time.slice(0, 8).replaceAll(':', '') };
}

/** Whole years, as DICOM's AS: `067Y`. */
function ageString({ birthDate, takenAt }: Subject): string {
  const today = dicomDateTime(takenAt).date;
  const born = birthDate.replaceAll('-', '');
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4)) - (today.slice(4) < born.slice(4) ? 1 : 0);
  return `${String(years).padStart(3, '0')}Y`;
}

export interface StudyUids {
  studyInstanceUid: string;
  seriesInstanceUid: string;
}

/** Attributes of patient, study, equipment and series that every kind of object has, PS3.3 annex A. */
export function subjectElements(
  subject: Subject,
  { studyInstanceUid, seriesInstanceUid }: StudyUids,
  names: { modality: string; studyDescription: string; seriesDescription: string; model: string },
): Element[] {
  const { date, time } = dicomDateTime(subject.takenAt);
  return [
    ['00080005', 'CS', 'ISO_IR 192'],
    ['00080020', 'DA', date],
    ['00080021', 'DA', date],
    ['00080023', 'DA', date],
    ['0008002A', 'DT', date + time],
    ['00080030', 'TM', time],
    ['00080031', 'TM', time],
    ['00080033', 'TM', time],
    ['00080050', 'SH', `D${date}${subject.patientId.slice(-4)}`],
    ['00080060', 'CS', names.modality],
    ['00080070', 'LO', 'Huizhen'],
    ['00080080', 'LO', subject.institution],
    ['00080090', 'PN', ''],
    ['00080201', 'SH', '+0800'],
    ['00081030', 'LO', names.studyDescription],
    ['0008103E', 'LO', names.seriesDescription],
    ['00081090', 'LO', names.model],
    ['00100010', 'PN', subject.personName],
    ['00100020', 'LO', subject.patientId],
    ['00100030', 'DA', subject.birthDate.replaceAll('-', '')],
    ['00100040', 'CS', subject.sex === 'male' ? 'M' : 'F'],
    ['00101010', 'AS', ageString(subject)],
    ['0020000D', 'UI', studyInstanceUid],
    ['0020000E', 'UI', seriesInstanceUid],
    ['00200010', 'SH', date],
    ['00200011', 'IS', '1'],
  ];
}
