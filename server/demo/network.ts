import type { Role } from '../contract/index.ts';

export const DEMO_PASSWORD = 'huizhen-demo';

/** A county hospital and a provincial one; every name is invented. */
export const demoFacilities = {
  county: {
    facilityId: '6f1c0e9a-3f0b-4d39-9d10-0c2b6c1f0a01',
    name: '青溪县人民医院',
    tier: 'county',
    region6: '230125',
    specialties: [],
  },
  province: {
    facilityId: '6f1c0e9a-3f0b-4d39-9d10-0c2b6c1f0a02',
    name: '北江省立医院',
    tier: 'province',
    region6: '230103',
    specialties: ['放射科', '呼吸与危重症医学科', '胸外科', '心血管内科', '病理科', '神经外科'],
  },
} as const;

export interface MainPerson {
  login: string;
  name: string;
  title: string;
  role: Role;
  specialty: string | null;
  facility: keyof typeof demoFacilities;
}

/** Those of README's tour and of the demo cases. */
export const mainPeople: readonly MainPerson[] = [
  {
    login: 'county-doctor',
    name: '李春梅',
    title: '主治医师',
    role: 'physician',
    specialty: '内科',
    facility: 'county',
  },
  {
    login: 'county-coordinator',
    name: '赵立新',
    title: '远程医疗协调员',
    role: 'coordinator',
    specialty: null,
    facility: 'county',
  },
  {
    login: 'specialist',
    name: '陈致远',
    title: '主任医师',
    role: 'specialist',
    specialty: '放射科',
    facility: 'province',
  },
  {
    login: 'specialist-2',
    name: '王若兰',
    title: '副主任医师',
    role: 'specialist',
    specialty: '呼吸与危重症医学科',
    facility: 'province',
  },
  {
    login: 'coordinator',
    name: '孙海燕',
    title: '会诊中心协调员',
    role: 'coordinator',
    specialty: null,
    facility: 'province',
  },
  { login: 'surgeon', name: '周振华', title: '主任医师', role: 'surgeon', specialty: '胸外科', facility: 'province' },
  { login: 'trainee', name: '吴小雨', title: '住院医师', role: 'trainee', specialty: '内科', facility: 'county' },
  { login: 'admin', name: '郑国强', title: '系统管理员', role: 'admin', specialty: null, facility: 'province' },
  {
    login: 'security-admin',
    name: '罗文斌',
    title: '安全管理员',
    role: 'security-admin',
    specialty: null,
    facility: 'province',
  },
  { login: 'auditor', name: '何静', title: '审计管理员', role: 'auditor', specialty: null, facility: 'province' },
];
