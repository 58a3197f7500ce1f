import type { ImportColumn, ImportKind, TableLanguage } from '../contract/index.ts';
import type { TableShape } from './table/table.ts';

interface Heading {
  'zh-CN': string;
  en: string;
  /** What else people write there. */
  also?: readonly string[];
  isRequired?: true;
  /** Excel is told to leave it as it is typed: it turns 18 digits into 1.23E+17, and 03.10 into 3.1. */
  isCode?: true;
  /** A cell that Excel took for a date says what was meant. */
  isDay?: true;
}

interface Shape {
  sheet: Record<TableLanguage, string>;
  columns: Partial<Record<ImportColumn, Heading>>;
}

/** The tables that are imported and exported: their columns in order, and how they are headed. */
const SHAPES: Record<ImportKind, Shape> = {
  facilities: {
    sheet: { 'zh-CN': '机构', en: 'Facilities' },
    columns: {
      name: { 'zh-CN': '机构名称', en: 'Facility name', also: ['名称', 'name'], isRequired: true },
      shortName: { 'zh-CN': '简称', en: 'Short name' },
      tier: { 'zh-CN': '层级', en: 'Level of care', also: ['级别', 'tier'], isRequired: true },
      region6: {
        'zh-CN': '行政区划代码',
        en: 'Region code',
        also: ['行政区划', 'region'],
        isRequired: true,
        isCode: true,
      },
      parent: { 'zh-CN': '上级机构', en: 'Parent facility', also: ['parent'] },
      orgCode22: {
        'zh-CN': '医疗机构代码',
        en: 'Institution code',
        also: ['医疗机构编码', '医疗机构执业许可证登记号'],
        isCode: true,
      },
      uscc18: { 'zh-CN': '统一社会信用代码', en: 'Unified social credit code', also: ['uscc'], isCode: true },
      level: { 'zh-CN': '等级', en: 'Hospital level' },
      grade: { 'zh-CN': '等次', en: 'Hospital grade' },
    },
  },
  departments: {
    sheet: { 'zh-CN': '科室', en: 'Departments' },
    columns: {
      facility: { 'zh-CN': '机构', en: 'Facility', also: ['机构名称', '所属机构', 'Facility name'], isRequired: true },
      department: { 'zh-CN': '科室名称', en: 'Department', also: ['科室', '名称'], isRequired: true },
      code: { 'zh-CN': '诊疗科目代码', en: 'Specialty code', also: ['诊疗科目'], isCode: true },
      answers: { 'zh-CN': '对外会诊', en: 'Answers others' },
    },
  },
  people: {
    sheet: { 'zh-CN': '人员', en: 'People' },
    columns: {
      name: { 'zh-CN': '姓名', en: 'Name', isRequired: true },
      login: { 'zh-CN': '账号', en: 'Account', also: ['账户', '登录名', 'login'], isRequired: true, isCode: true },
      title: { 'zh-CN': '职称、职务', en: 'Title', also: ['职称', '职务'] },
      role: { 'zh-CN': '角色', en: 'Role', isRequired: true },
      facility: { 'zh-CN': '机构', en: 'Facility', also: ['机构名称', '所属机构'], isRequired: true },
      specialty: { 'zh-CN': '专科', en: 'Specialty', also: ['科室'] },
      appointment: { 'zh-CN': '任职', en: 'Appointment', also: ['任职类型'] },
      department: { 'zh-CN': '所在科室', en: 'Department', also: ['科室名称'] },
      fromDay: { 'zh-CN': '任职起始日期', en: 'Appointed from', also: ['任职自'], isDay: true },
      toDay: { 'zh-CN': '任职截止日期', en: 'Appointed until', also: ['任职至'], isDay: true },
      licenceNumber: {
        'zh-CN': '执业证书编码',
        en: 'Licence number',
        also: ['医师执业证书编码', '执业证书编号', '执业证号'],
        isCode: true,
      },
      licenceCategory: { 'zh-CN': '执业类别', en: 'Licence category', also: ['category'] },
      licenceGrade: { 'zh-CN': '执业级别', en: 'Licence grade', also: ['医师级别'] },
      licenceFrom: { 'zh-CN': '执业证书有效期自', en: 'Licence valid from', also: ['有效期自'], isDay: true },
      licenceTo: { 'zh-CN': '执业证书有效期至', en: 'Licence valid until', also: ['有效期至'], isDay: true },
      independentSince: {
        'zh-CN': '独立执业起始日期',
        en: 'Practises independently since',
        also: ['独立执业日期'],
        isDay: true,
      },
    },
  },
};

export function columnsOf(kind: ImportKind): [ImportColumn, Heading][] {
  return Object.entries(SHAPES[kind].columns) as [ImportColumn, Heading][];
}

const DAYS: ReadonlySet<string> = new Set(
  Object.values(SHAPES).flatMap(({ columns }) =>
    Object.entries(columns).flatMap(([column, { isDay }]) => (isDay ? column : [])),
  ),
);

/** Whether a column holds days: elsewhere what Excel made a date was something else. */
export const isDayColumn = (column: string): boolean => DAYS.has(column);

export function sheetNameOf(kind: ImportKind, language: TableLanguage): string {
  return SHAPES[kind].sheet[language];
}

/** What the reader of tables looks for. */
export function tableShapeOf(kind: ImportKind): TableShape {
  return {
    sheets: Object.values(SHAPES[kind].sheet),
    columns: Object.fromEntries(
      columnsOf(kind).map(([column, { 'zh-CN': chinese, en, also = [], isRequired = false }]) => [
        column,
        { headings: [chinese, en, ...also], isRequired },
      ]),
    ),
  };
}
