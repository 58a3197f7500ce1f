import type { PatientDraft } from '../contract/index.ts';
import { chinaDate } from '../patients/china-date.ts';
import { ageYears } from '../patients/patient.ts';
import { demoFacilities } from './network.ts';
import type { Subject } from './pictures/subject.ts';

/** Invented people of the county. Each ID number has its right check character and says the same birth date and sex. */
export interface DemoPatient extends PatientDraft {
  sex: 'male' | 'female';
  /** As the devices write it, PS3.5 section 6.2.1.1. */
  personName: string;
  /** The county hospital's own. */
  patientId: string;
}

export const demoPatients = {
  finishedCt: {
    name: '周建华',
    personName: 'Zhou^Jianhua=周^建华',
    patientId: 'QX0031782',
    sex: 'male',
    birthDate: '1958-03-02',
    idNumber: '230125195803021031',
    phone: '13800000101',
  },
  finishedEcg: {
    name: '吴志强',
    personName: 'Wu^Zhiqiang=吴^志强',
    patientId: 'QX0047150',
    sex: 'male',
    birthDate: '1966-04-25',
    idNumber: '230125196604253053',
    phone: '13800000102',
  },
  finishedSlide: {
    name: '孙丽华',
    personName: 'Sun^Lihua=孙^丽华',
    patientId: 'QX0028843',
    sex: 'female',
    birthDate: '1971-09-18',
    idNumber: '230125197109180023',
    phone: '13800000103',
  },
  waitingCt: {
    name: '高玉珍',
    personName: 'Gao^Yuzhen=高^玉珍',
    patientId: 'QX0051206',
    sex: 'female',
    birthDate: '1963-08-14',
    idNumber: '230125196308145023',
    phone: '13800000104',
  },
  waitingEcg: {
    name: '马德福',
    personName: 'Ma^Defu=马^德福',
    patientId: 'QX0010377',
    sex: 'male',
    birthDate: '1949-11-07',
    idNumber: '230125194911070012',
    phone: '13800000105',
  },
  waitingSlide: {
    name: '林晓梅',
    personName: 'Lin^Xiaomei=林^晓梅',
    patientId: 'QX0049918',
    sex: 'female',
    birthDate: '1978-06-25',
    idNumber: '230125197806252045',
    phone: '13800000106',
  },
} as const satisfies Record<string, DemoPatient>;

/** What the application says of the patient. */
export function toPatientDraft({ name, sex, birthDate, idNumber, phone }: DemoPatient): PatientDraft {
  return { name, sex, birthDate, idNumber, phone };
}

/** What the pictures say of the patient. */
export function toSubject({ personName, patientId, birthDate, sex }: DemoPatient, takenAt: Date): Subject {
  return { personName, patientId, birthDate, sex, institution: demoFacilities.county.name, takenAt };
}

/** As a history begins: `男，68 岁`. */
export function sexAndAge({ sex, birthDate }: DemoPatient, now: Date): string {
  return `${sex === 'male' ? '男' : '女'}，${ageYears(birthDate, chinaDate(now))} 岁`;
}
