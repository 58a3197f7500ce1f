import type { FacilityTier } from '../contract/index.ts';
import type { NewFacility } from '../facilities/facility.ts';
import { demoFacilities } from './network.ts';

/** One id a facility, the same in every demo network: its last two digits are its number here. */
const id = (number: number): string => `6f1c0e9a-3f0b-4d39-9d10-0c2b6c1f0a${String(number).padStart(2, '0')}`;

/** Numbers of the facilities that stand in `network.ts`. */
const COUNTY = 1;
const PROVINCE = 2;

type Line = [number: number, name: string, shortName: string, tier: FacilityTier, region6: string, parent: number];

/** The province around the two hospitals of the demo cases; every name is invented, the regions are those of Heilongjiang. */
const LINES: readonly Line[] = [
  [11, '松岭市第一医院', '松岭市一院', 'city', '230103', PROVINCE],
  [12, '鹤鸣市中心医院', '鹤鸣市中心', 'city', '230203', PROVINCE],
  [21, '柳河屯县人民医院', '柳河屯县院', 'county', '230123', 11],
  [22, '白桦县中医医院', '白桦中医院', 'county', '230124', 11],
  [23, '雁鸣县人民医院', '雁鸣县院', 'county', '230221', 12],
  [24, '双塔县人民医院', '双塔县院', 'county', '230223', 12],
  [25, '望奎岭县医院', '望奎岭县院', 'county', '230224', 12],
  [31, '青溪县城关镇卫生院', '城关卫生院', 'township', '230125', COUNTY],
  [32, '青溪县石桥镇中心卫生院', '石桥卫生院', 'township', '230125', COUNTY],
  [33, '青溪县杨树乡卫生院', '杨树卫生院', 'township', '230125', COUNTY],
  [34, '柳河屯县河口镇卫生院', '河口卫生院', 'township', '230123', 21],
  [35, '柳河屯县东岗乡卫生院', '东岗卫生院', 'township', '230123', 21],
  [36, '雁鸣县湖滨镇卫生院', '湖滨卫生院', 'township', '230221', 23],
  [37, '双塔县北塔镇卫生院', '北塔卫生院', 'township', '230223', 24],
  [38, '望奎岭县林场卫生院', '林场卫生院', 'township', '230224', 25],
  [41, '石桥镇下湾村卫生室', '下湾村卫生室', 'village', '230125', 32],
  [42, '石桥镇柏林村卫生室', '柏林村卫生室', 'village', '230125', 32],
  [43, '杨树乡前屯村卫生室', '前屯村卫生室', 'village', '230125', 33],
  [44, '河口镇渡口村卫生室', '渡口村卫生室', 'village', '230123', 34],
];

const LEVELS: Partial<Record<FacilityTier, Pick<NewFacility, 'level' | 'grade'>>> = {
  city: { level: 3, grade: 'b' },
  county: { level: 2, grade: 'a' },
  township: { level: 1, grade: 'a' },
};

/** Departments as a hospital of that tier commonly has; those of a city answer its counties. */
const DEPARTMENTS: Partial<Record<FacilityTier, NewFacility['departments']>> = {
  city: [
    { name: '放射科', code: '32', answers: true },
    { name: '心血管内科', code: '03.04', answers: true },
    { name: '神经内科', code: '03.03', answers: true },
    { name: '急诊科', code: '20', answers: false },
  ],
  county: [
    { name: '内科', code: '03', answers: false },
    { name: '外科', code: '04', answers: false },
    { name: '医学影像科', code: '32', answers: true },
  ],
  township: [{ name: '全科', code: '02', answers: false }],
};

/** All facilities of the demo network: first those of its cases, as they are, with their places in the tree. */
export function listDemoFacilities(): NewFacility[] {
  const { county, province } = demoFacilities;
  return [
    { ...province, ...specialtyCodes, shortName: '北江省院', level: 3, grade: 'a' },
    ...LINES.filter(([number]) => number < 20).map(toFacility),
    { ...county, shortName: '青溪县院', level: 2, grade: 'a', parentId: id(11), departments: DEPARTMENTS.county ?? [] },
    ...LINES.filter(([number]) => number >= 20).map(toFacility),
  ];
}

function toFacility([number, name, shortName, tier, region6, parent]: Line): NewFacility {
  const departments = DEPARTMENTS[tier] ?? [];
  return { facilityId: id(number), name, shortName, tier, region6, parentId: id(parent), departments, ...LEVELS[tier] };
}

const specialtyCodes = {
  departments: [
    { name: '放射科', code: '32', answers: true },
    { name: '呼吸与危重症医学科', code: '03.01', answers: true },
    { name: '胸外科', code: '04.05', answers: true },
    { name: '心血管内科', code: '03.04', answers: true },
    { name: '病理科', code: '31', answers: true },
    { name: '神经外科', code: '04.02', answers: true },
  ],
} satisfies Pick<NewFacility, 'departments'>;

export const demoFacilityId = id;
