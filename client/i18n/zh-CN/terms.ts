import type { Role } from '../../../server/contract/account.ts';
import type { CaseKind, Urgency } from '../../../server/contract/case-kinds.ts';
import type { ConsentSigner } from '../../../server/contract/consent.ts';
import type { ConsultationState } from '../../../server/contract/consultation.ts';
import type { DocumentType } from '../../../server/contract/document-types.ts';
import type { FacilityTier } from '../../../server/contract/facility.ts';
import type { Relation } from '../../../server/contract/guardian.ts';
import type { Sex } from '../../../server/contract/patient.ts';
import type { DocumentAbsence, DocumentKind } from '../../../server/contract/patient-papers.ts';
import type { PictureKind } from '../../../server/contract/picture-kinds.ts';

/** The words for the contract's closed lists. */
export const terms = {
  state: {
    draft: '草稿',
    submitted: '待受理',
    supplement: '待补充资料',
    accepted: '已受理',
    'in-consultation': '会诊中',
    issued: '报告已签发',
    acknowledged: '已完成',
    declined: '已退回',
    cancelled: '已撤销',
  },
  caseKind: { video: '视频会诊', written: '图文会诊' },
  urgency: { emergency: '急会诊', urgent: '紧急', routine: '普通' },
  sex: { male: '男', female: '女', unknown: '未说明' },
  role: {
    physician: '医生',
    coordinator: '会诊协调员',
    specialist: '会诊专家',
    surgeon: '手术医生',
    trainee: '学员',
    admin: '系统管理员',
    'security-admin': '安全管理员',
    'facility-admin': '机构管理员',
    auditor: '审计管理员',
  },
  tier: { province: '省级', city: '市级', county: '县级', township: '乡镇', village: '村' },
  relation: {
    parent: '父母',
    spouse: '配偶',
    child: '子女',
    grandparent: '祖父母、外祖父母',
    sibling: '兄弟姐妹',
    'other-relative': '其他近亲属',
    committee: '居（村）委会或民政部门',
  },
  signer: { patient: '患者本人', guardian: '监护人', relative: '近亲属', institution: '医疗机构负责人（紧急情况）' },
  document: {
    'id-card': '居民身份证',
    passport: '护照',
    'hk-macao-permit': '港澳居民来往内地通行证',
    'taiwan-permit': '台湾居民来往大陆通行证',
    'foreign-residence-card': '外国人永久居留身份证',
    'birth-certificate': '出生医学证明',
    'military-id': '军官证、士兵证',
    other: '其他证件',
    none: '无法提供',
  },
  absence: {
    unidentified: '身份不明（昏迷、无名氏等）',
    newborn: '新生儿，尚未办理证件',
    'not-at-hand': '证件不在身边',
    'never-issued': '没有证件',
    other: '其他原因',
  },
  ageEstimated: '约 {{years}} 岁',
  pictureKind: { imaging: '影像', ecg: '心电图', pathology: '病理切片', documents: '文书/照片' },
  frameCount_one: '{{count}} 帧',
  frameCount_other: '{{count}} 帧',
  pictureCount: {
    imaging_one: '{{count}} 幅',
    imaging_other: '{{count}} 幅',
    ecg_one: '{{count}} 份',
    ecg_other: '{{count}} 份',
    pathology_one: '{{count}} 张',
    pathology_other: '{{count}} 张',
    documents_one: '{{count}} 份',
    documents_other: '{{count}} 份',
  },
  documentType: {
    pdf: 'PDF 文书',
    photograph: '照片',
    'structured-report': '结构化报告',
    'key-object-selection': '关键图像标记',
    'presentation-state': '显示状态（标注）',
    encapsulated: '封装文件',
    radiotherapy: '放疗数据',
    other: '非图像数据',
  },
  documentNotShown: '本系统不显示',
  pageCount_one: '{{count}} 页',
  pageCount_other: '{{count}} 页',
  seriesCount_one: '{{count}} 个序列',
  seriesCount_other: '{{count}} 个序列',
  age: '{{years}} 岁',
  ageMonths: '{{months}} 个月',
  ageDays: '{{days}} 天',
} satisfies {
  state: Record<ConsultationState, string>;
  caseKind: Record<CaseKind, string>;
  urgency: Record<Urgency, string>;
  sex: Record<Sex, string>;
  role: Record<Role, string>;
  tier: Record<FacilityTier, string>;
  signer: Record<ConsentSigner, string>;
  relation: Record<Relation, string>;
  document: Record<DocumentKind, string>;
  absence: Record<DocumentAbsence, string>;
  pictureKind: Record<PictureKind, string>;
  documentType: Record<DocumentType, string>;
  pictureCount: Record<`${PictureKind}_${'one' | 'other'}`, string>;
  [other: string]: unknown;
};
