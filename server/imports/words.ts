import type {
  FacilityGrade,
  FacilityTier,
  LicenceCategory,
  LicenceGrade,
  Role,
  TableLanguage,
} from '../contract/index.ts';

/** How a closed value is written in tables, Chinese and English; a file may also hold the value itself. Pages say the same, which a test holds. */
export type Words<Value extends string> = Record<Value, { 'zh-CN': string; en: string; also?: readonly string[] }>;

export const TIER_WORDS: Words<FacilityTier> = {
  province: { 'zh-CN': '省级', en: 'Province', also: ['省'] },
  city: { 'zh-CN': '市级', en: 'City', also: ['市'] },
  county: { 'zh-CN': '县级', en: 'County', also: ['县', '区县'] },
  township: { 'zh-CN': '乡镇', en: 'Township', also: ['乡镇级', '乡级'] },
  village: { 'zh-CN': '村', en: 'Village', also: ['村级'] },
};

export const ROLE_WORDS: Words<Role> = {
  physician: { 'zh-CN': '医生', en: 'Physician' },
  coordinator: { 'zh-CN': '会诊协调员', en: 'Coordinator' },
  specialist: { 'zh-CN': '会诊专家', en: 'Specialist' },
  surgeon: { 'zh-CN': '手术医生', en: 'Surgeon' },
  trainee: { 'zh-CN': '学员', en: 'Trainee' },
  'security-admin': { 'zh-CN': '安全管理员', en: 'Security administrator' },
  'facility-admin': { 'zh-CN': '机构管理员', en: 'Facility administrator' },
  admin: { 'zh-CN': '系统管理员', en: 'System administrator', also: ['平台管理员', 'platform administrator'] },
  auditor: { 'zh-CN': '审计管理员', en: 'Audit administrator', also: ['审计员', 'auditor'] },
};

/** Which of a person's appointments a row says. */
export const APPOINTMENT_WORDS: Words<'main' | 'further'> = {
  main: { 'zh-CN': '主任职', en: 'Main', also: ['主', '主要任职', 'main appointment'] },
  further: { 'zh-CN': '其他任职', en: 'Further', also: ['其他', '兼任', '兼职', 'further appointment'] },
};

export const LEVEL_WORDS: Words<'1' | '2' | '3'> = {
  '1': { 'zh-CN': '一级', en: 'Level 1' },
  '2': { 'zh-CN': '二级', en: 'Level 2' },
  '3': { 'zh-CN': '三级', en: 'Level 3' },
};

export const GRADE_WORDS: Words<FacilityGrade> = {
  special: { 'zh-CN': '特等', en: 'Special', also: ['特'] },
  a: { 'zh-CN': '甲等', en: 'A', also: ['甲'] },
  b: { 'zh-CN': '乙等', en: 'B', also: ['乙'] },
  c: { 'zh-CN': '丙等', en: 'C', also: ['丙'] },
};

export const LICENCE_CATEGORY_WORDS: Words<LicenceCategory> = {
  clinical: { 'zh-CN': '临床', en: 'Clinical medicine', also: ['临床类别'] },
  'chinese-medicine': { 'zh-CN': '中医', en: 'Chinese medicine', also: ['中医类别'] },
  dental: { 'zh-CN': '口腔', en: 'Dentistry', also: ['口腔类别'] },
  'public-health': { 'zh-CN': '公共卫生', en: 'Public health', also: ['公共卫生类别', '公卫'] },
};

export const LICENCE_GRADE_WORDS: Words<LicenceGrade> = {
  full: { 'zh-CN': '执业医师', en: 'Physician', also: ['医师'] },
  assistant: { 'zh-CN': '执业助理医师', en: 'Assistant physician', also: ['助理医师', '执业助理'] },
};

export const YES_NO_WORDS: Words<'yes' | 'no'> = {
  yes: { 'zh-CN': '是', en: 'yes', also: ['true', 'y', '√', '1'] },
  no: { 'zh-CN': '否', en: 'no', also: ['false', 'n', '×', '0'] },
};

/** @returns undefined where it is none of the words. */
export function findValue<Value extends string>(words: Words<Value>, text: string): Value | undefined {
  const typed = text.normalize('NFKC').toLowerCase();
  return (Object.keys(words) as Value[]).find((value) => {
    const { 'zh-CN': chinese, en, also = [] } = words[value];
    return [value, chinese, en.toLowerCase(), ...also].includes(typed);
  });
}

export function wordOf<Value extends string>(
  words: Words<Value>,
  value: Value | null,
  language: TableLanguage,
): string {
  return value === null ? '' : words[value][language];
}
