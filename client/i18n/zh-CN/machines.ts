import type { MachineScope, MachineState } from '../../../server/contract/machine.ts';

/** A colon would end the name of an area. */
export type ScopeKey = MachineScope extends `${infer What}:${infer Act}` ? `${What}-${Act}` : never;

/** Programs that use a facility's image archive over DICOMweb. */
export const machines = {
  intro:
    '供医院 PACS、检查设备或网关等程序通过 DICOMweb 使用本院影像库。每个接口账号只能访问一家机构，到期自动失效，可随时吊销。',
  make: '新建接口账号',
  newTitle: '新建接口账号',
  empty: { title: '还没有接口账号', text: '需要让 PACS、检查设备或网关自动收发影像时，在此新建。' },
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
  state: { active: '可用', expired: '已到期', revoked: '已吊销', closed: '机构已停用' } satisfies Record<
    MachineState,
    string
  >,
  name: '名称',
  nameHint: '例如：放射科 PACS 网关',
  nameMissing: '请输入名称',
  facility: '机构',
  facilityMissing: '请选择机构',
  scopes: '权限',
  scopesMissing: '请至少选择一项权限',
  days: '有效期',
  daysOf_one: '{{count}} 天',
  daysOf_other: '{{count}} 天',
  submit: '创建',
  token: {
    title: '请立即保存访问令牌',
    once: '令牌只显示这一次，系统不保存原文。请复制到程序的配置中；遗失时请吊销后重新创建。',
    label: '访问令牌',
    address: '服务地址（DICOMweb）',
    header: '请求头',
    until: '有效期至',
    copy: '复制令牌',
    copied: '令牌已复制',
    done: '已保存，关闭',
  },
  revoke: '吊销',
  revokeOne: '吊销{{name}}',
  revokeConfirm: '吊销后，“{{name}}”立即不能再访问影像库，且不能恢复。',
  revoked: '已吊销{{name}}',
};
