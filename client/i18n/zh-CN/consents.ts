import type { ConsentMethod, ConsentScope } from '../../../server/contract/consent.ts';

export const consents = {
  /** What is signed. A version never changes, see `test/client/consents/wording.test.ts`: another wording is another version. */
  text: {
    v1: {
      consult:
        '患方已知晓远程会诊的内容和费用，同意进行会诊，并同意将病历和影像、心电图、病理等检查资料提供给受邀医院。同意书原件由本院留存。',
      institution:
        '因抢救生命垂危的患者等紧急情况，不能取得患者或其近亲属意见的，经医疗机构负责人或者授权的负责人批准，可以立即会诊（民法典第一千二百二十条）。批准记录由本院留存。',
    },
    v2: {
      consult:
        '患方已知晓远程会诊的目的、内容、方式和费用，同意进行会诊，并同意将病历和影像、心电图、病理等检查资料提供给受邀医院。患方可以随时撤回同意；撤回后受邀医院不能再查看资料，撤回前已签发的会诊报告由本院留存。',
      record: '同意对本次视频会诊录音录像，作为本次会诊的资料保存。',
      teach: '同意隐去姓名、证件号码等身份信息后，将本次会诊的资料用于教学。',
      share: '同意将本次会诊的资料和报告提供给以后为患者诊疗的其他医疗机构。',
      institution:
        '因抢救生命垂危的患者等紧急情况，不能取得患者或其近亲属意见的，经医疗机构负责人或者授权的负责人批准，可以立即会诊（民法典第一千二百二十条）。批准记录由本院留存。',
    },
    v3: {
      consult:
        '患方已知晓远程会诊的目的、内容、方式和费用，同意进行会诊，并同意将病历和影像、心电图、病理等检查资料提供给受邀医院。患方可以随时撤回同意；撤回后受邀医院不能再查看资料，撤回前已签发的会诊报告由本院留存。',
      record:
        '同意对本次视频会诊，以及以本例开展的手术示教录音录像，作为资料保存；撤回后立即停止录制，已录内容封存，不再回放。',
      teach:
        '同意隐去姓名、证件号码等身份信息后，将本次会诊的资料用于教学，包括向其他医疗机构的医务人员实时播出手术过程（手术示教）；撤回后立即停止。',
      share: '同意将本次会诊的资料和报告提供给以后为患者诊疗的其他医疗机构。',
      institution:
        '因抢救生命垂危的患者等紧急情况，不能取得患者或其近亲属意见的，经医疗机构负责人或者授权的负责人批准，可以立即会诊（民法典第一千二百二十条）。批准记录由本院留存。',
    },
  },
  scope: { consult: '会诊', record: '录音录像', teach: '教学', share: '提供给其他医疗机构' },
  scopes: '另外同意（可选）',
  signer: '签署人',
  signerName: '签署人姓名',
  relation: '与患者的关系',
  relationMissing: '请选择',
  reason: '不能取得患者或近亲属意见的原因',
  approverName: '批准人姓名',
  method: { drawn: '在屏幕上签名', photo: '拍照上传', paper: '纸质签署，原件本院留存' },
  methodLabel: '签署方式',
  /** How it was signed. */
  signedBy: { drawn: '屏幕签名', photo: '纸质签署，有照片', paper: '纸质签署，原件本院留存' },
  given: '已签署书面知情同意书',
  approved: '已经医疗机构负责人或其授权的负责人批准',
  pad: {
    label: '签名区',
    hint: '请签署人在框内用手指、触控笔或鼠标签名。不便手写时，可改选“拍照上传”。',
    clear: '清除',
    keep: '完成签名',
    again: '重新签名',
    changed: '同意的内容或签署人已改动，请重新签名。',
  },
  photo: {
    choose: '选择照片',
    again: '更换照片',
    hint: 'JPEG 或 PNG。照片中的拍摄地点、时间等信息会自动去除。',
    unreadable: '这不是可用的 JPEG 或 PNG 照片，请重新拍摄。',
  },
  sending: '正在保存…',
  drawnPicture: '签名',
  photoPicture: '同意书照片',
  title: '知情同意',
  none: '尚未登记',
  by: '{{signer}} {{name}}',
  byRelation: '{{signer}}（{{relation}}） {{name}}',
  recorded: '{{at}} · {{name}} 登记',
  withdrawn: '{{at}} 撤回“{{scope}}”',
  withdrawnBy: '{{asker}}要求，{{name}} 登记：{{reason}}',
  wording: '签署的内容',
  openEvidence: '查看签署凭证',
  evidenceTitle: '签署凭证',
  evidenceHint: '每次查看都会记入访问记录。',
  give: '登记其他同意',
  withdraw: '登记撤回同意',
  withdrawnBanner: '患者已撤回会诊同意',
  /** Beside who may see the case now. */
  accessEnded: '患者已于 {{at}} 撤回会诊同意，受邀医院的访问权限随即终止。',
  giveDialog: {
    title: '登记知情同意',
    text: '选择患方同意的内容，由患方签署。已登记的同意不变。',
    confirm: '登记',
    done: '已登记知情同意。',
    consult: '会诊',
  },
  withdrawDialog: {
    title: '登记撤回同意',
    text: '患方可以随时撤回同意，不必说明理由；请记下患方的说法或撤回的情形，备查。',
    scopes: '撤回哪些同意',
    askedBy: '提出人',
    askedByName: '提出人姓名（可选）',
    reason: '撤回情形',
    placeholder: '例如：患者本人到场口头提出',
    missingReason: '请写明撤回情形。',
    missingScopes: '请选择撤回哪些同意。',
    consultOpen:
      '撤回“会诊”后：会诊立即取消，视频会诊结束，受邀医院的人员立即退出，不能再查看任何资料。此操作不能恢复。',
    consultAnswered: '撤回“会诊”后：受邀医院立即不能再查看任何资料。已签发的报告仍由本院留存。此操作不能恢复。',
    effect: {
      record: '撤回“录音录像”后：正在进行的录制立即停止，已录内容全部封存，任何人不能再回放；通话和示教本身不受影响。',
      teach: '撤回“教学”后：以此例开展的手术示教立即结束或取消，录像全部封存，任何人不能再回放。',
      share: '撤回“提供给其他医疗机构”后：本系统不向其他机构提供此会诊；此前以纸质等方式提供过的，请通知对方停止使用。',
    },
    confirm: '登记撤回',
    done: '已登记撤回。',
  },
  notice: {
    out: '患者撤回了会诊同意（{{caseNumber}}）',
    outText:
      '您对此会诊的访问已按患者意愿终止，视频和阅片已断开，无需其他操作。如有疑问，请联系{{facility}} {{name}}。',
    stays: '患者撤回了同意：{{scopes}}（{{caseNumber}}）',
    consultText: '受邀医院已不能查看此会诊。请与患者另行商定诊疗安排。',
    otherText: '请不要再将本次会诊用于上述用途。登记人：{{name}}（{{facility}}）。',
  },
} satisfies {
  scope: Record<ConsentScope, string>;
  method: Record<ConsentMethod, string>;
  signedBy: Record<ConsentMethod, string>;
  [other: string]: unknown;
};
