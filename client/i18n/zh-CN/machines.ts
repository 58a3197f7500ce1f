import type { MachineScope, MachineState } from '../../../server/contract/machine.ts';

/** A colon would end the name of an area. */
export type ScopeKey = MachineScope extends `${infer What}:${infer Act}` ? `${What}-${Act}` : never;

/** Machines that use a facility's image archive over DICOMweb. */
export const machines = {
  intro:
    '供医院 PACS、检查设备或网关等程序通过 DICOMweb 使用本院影像库。每个接口账号只能访问一家机构，到期自动失效，可随时吊销。',
  introSecond: '本院使用影像库的程序。可读取影像的接口账号由一人创建、另一人确认后才能使用；请核实后确认。',
  make: '新建接口账号',
  newTitle: '新建接口账号',
  empty: {
    title: '还没有接口账号',
    text: '需要让 PACS、检查设备或网关自动收发影像时，在此新建。',
    textSecond: '机构管理员新建后显示在这里。',
  },
  columns: {
    name: '名称',
    facility: '机构',
    scopes: '权限',
    state: '状态',
    expires: '到期',
    used: '最近使用',
    made: '创建',
    acts: '操作',
  },
  never: '从未使用',
  madeBy: '{{name}}，{{at}}',
  revokedBy: '{{name}} 于 {{at}} 吊销',
  scope: {
    'archive-read': '查询和读取影像（QIDO-RS、WADO-RS）',
    'archive-write': '存入影像（STOW-RS）',
  } satisfies Record<ScopeKey, string>,
  scopeShort: { 'archive-read': '读取', 'archive-write': '存入' } satisfies Record<ScopeKey, string>,
  state: {
    active: '可用',
    unconfirmed: '待确认',
    lapsed: '逾期未确认',
    expired: '已到期',
    revoked: '已吊销',
    closed: '机构已停用',
  } satisfies Record<MachineState, string>,
  name: '名称',
  nameHint: '例如：放射科 PACS 网关',
  nameMissing: '请输入名称',
  facility: '机构',
  facilityMissing: '请选择机构',
  scopes: '权限',
  scopesHint: '可读取影像的，创建后须由本机构另一位管理员或会诊协调员在 7 天内确认，确认前不能使用。',
  scopesHintPlatform: '读取影像的权限只能由机构自己的管理员给予。',
  scopesMissing: '请至少选择一项权限',
  days: '有效期',
  daysOf_one: '{{count}} 天',
  daysOf_other: '{{count}} 天',
  submit: '创建',
  token: {
    title: '请立即保存访问令牌',
    once: '令牌只显示这一次，系统不保存原文。请复制到程序的配置中；遗失时请吊销后重新创建。',
    awaits: '该令牌可读取影像，须由本机构另一位管理员或会诊协调员在 {{at}} 前确认，确认前不能使用。',
    label: '访问令牌',
    address: '服务地址（DICOMweb）',
    header: '请求头',
    until: '有效期至',
    copy: '复制令牌',
    copied: '令牌已复制',
    done: '已保存，关闭',
  },
  confirmUntil: '须由本机构另一人在 {{at}} 前确认',
  confirmedBy: '{{name}} 于 {{at}} 确认',
  unasked: '创建时尚不要求第二人确认',
  acts: {
    confirm: {
      label: '确认',
      title: '确认“{{name}}”',
      ask: '确认后，“{{name}}”即可读取本院影像。请先核实该程序确为本院所用；操作记录中会写明是您确认的。',
      done: '已确认{{name}}',
    },
    revoke: {
      label: '吊销',
      title: '吊销{{name}}',
      ask: '吊销后，“{{name}}”立即不能再访问影像库，且不能恢复。',
      done: '已吊销{{name}}',
    },
  },
};
