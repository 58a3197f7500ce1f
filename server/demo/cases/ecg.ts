import { type DemoCase, signedOnPaper } from '../demo-case.ts';
import { drawStElevation } from '../key-images/ecg.ts';
import { demoPatients, sexAndAge, toPatientDraft, toSubject } from '../patients.ts';
import { createFibrillation } from '../pictures/ecg/fibrillation.ts';
import { createInfarction } from '../pictures/ecg/infarction.ts';
import { type EcgPlan, makeEcg } from '../pictures/ecg/record.ts';
import { daysBefore, minutesBefore } from '../story-time.ts';

const INFARCTION: EcgPlan = {
  seed: 'infarction',
  rhythm: createInfarction,
  values: [
    ['heart-rate', 76],
    ['pr', 158],
    ['qrs', 92],
    ['qt', 384],
    ['qtc', 432],
  ],
  statement: '窦性心律；II、III、aVF 导联 ST 段抬高，I、aVL 导联 ST 段压低：考虑急性下壁心肌梗死',
};
const FIBRILLATION: EcgPlan = {
  seed: 'fibrillation',
  rhythm: createFibrillation,
  values: [
    ['heart-rate', 104],
    ['qrs', 90],
    ['qt', 332],
    ['qtc', 437],
  ],
  statement: '心房颤动伴快速心室率；V5、V6 导联 ST 段轻度压低',
};

const INFERIOR = { code: 'I21.1', display: '急性下壁透壁性心肌梗死' };
const FINDINGS = `窦性心律，心率 76 次/分。II、III、aVF 导联 ST 段弓背向上抬高，III 导联高于 II 导联，伴小 q 波；I、aVL 及 V1–V3 导联 ST 段对应性压低。PR 间期正常，未见房室传导阻滞。
符合急性下壁 ST 段抬高型心肌梗死；III 导联抬高大于 II 导联，I、aVL 压低，提示右冠状动脉为罪犯血管可能大，须警惕合并右室及正后壁梗死。会诊时血压 108/66 mmHg，发病 2 小时，无溶栓绝对禁忌证。`;

export async function prepareFinishedEcg(now: Date): Promise<DemoCase> {
  const beginsAt = daysBefore(now, 3, '15:12');
  const ecg = makeEcg(INFARCTION, toSubject(demoPatients.finishedEcg, minutesBefore(beginsAt, 6)));
  const target = { kind: 'ecg', recordId: ecg.sopInstanceUid, group: 0 } as const;
  return {
    beginsAt,
    application: {
      patient: toPatientDraft(demoPatients.finishedEcg),
      question: '是否急性下壁心肌梗死？立即就地溶栓还是转运行直接 PCI？转运前用药及注意事项？',
      historySummary: `${sexAndAge(demoPatients.finishedEcg, now)}。持续性胸骨后压榨样疼痛 2 小时，向左肩放射，伴大汗、恶心，含服硝酸甘油 1 片未缓解。高血压病史 10 年，吸烟 30 年。否认糖尿病、脑卒中及出血病史，近期无手术外伤。查体：血压 112/70 mmHg，心率 76 次/分，律齐，双肺底无啰音，双下肢不肿。肌钙蛋白 I 0.12 ng/mL（升高）。到上级医院车程约 100 分钟。`,
      diagnosis: [{ code: 'R07.4', display: '胸痛' }, INFERIOR],
      wantedSpecialty: '心血管内科',
      kind: 'video',
      urgency: 'emergency',
      consent: signedOnPaper('吴刚', { relation: 'child' }),
    },
    files: [{ name: 'ECG001.dcm', bytes: ecg.bytes }],
    answer: {
      pace: { acceptMin: 2, answerMin: 2, acknowledgeMin: 4 },
      chat: [{ by: 'specialist', text: '请立即加做 V3R–V5R 和 V7–V9，同时复测双上肢血压，我现在发起视频。' }],
      findings: FINDINGS,
      diagnosis: [INFERIOR],
      recommendations: [
        {
          text: '立即阿司匹林 300 mg 嚼服、替格瑞洛 180 mg 口服，普通肝素 60 U/kg 静脉注射。',
          decision: 'adopted',
          reason: '',
        },
        {
          text: '预计首次医疗接触至导丝通过大于 120 分钟，无禁忌证，30 分钟内开始静脉溶栓，随后转运至胸痛中心。',
          decision: 'adopted',
          reason: '',
        },
        {
          text: '加做右胸及后壁导联；合并右室梗死者慎用硝酸酯类和利尿剂，必要时补液。',
          decision: 'adopted',
          reason: '',
        },
      ],
      picture: await drawStElevation(
        ecg.bytes,
        target,
        { leadName: 'III', beat: 1, afterRMs: 100 },
        'III 导联 ST 段抬高',
      ),
    },
  };
}

export async function prepareWaitingEcg(now: Date): Promise<DemoCase> {
  const beginsAt = minutesBefore(now, 14);
  const ecg = makeEcg(FIBRILLATION, toSubject(demoPatients.waitingEcg, minutesBefore(beginsAt, 5)));
  return {
    beginsAt,
    application: {
      patient: toPatientDraft(demoPatients.waitingEcg),
      question: '快速心房颤动，发作时间约 6 小时：先控制心室率还是复律？抗凝如何选择？',
      historySummary: `${sexAndAge(demoPatients.waitingEcg, now)}。心悸、气短 6 小时，无胸痛、晕厥。高血压 15 年，2 型糖尿病 8 年，3 年前有腔隙性脑梗死，无后遗症。平时服氨氯地平、二甲双胍、阿司匹林。查体：血压 138/82 mmHg，心率约 105 次/分，心律绝对不齐，双肺底少许湿啰音，双下肢无水肿。血钾 3.9 mmol/L，肌酐 88 μmol/L，BNP 410 pg/mL，甲功待回报。`,
      diagnosis: [
        { code: 'I48.9', display: '心房颤动和心房扑动' },
        { code: 'I10', display: '特发性（原发性）高血压' },
      ],
      wantedSpecialty: '心血管内科',
      kind: 'video',
      urgency: 'emergency',
      consent: signedOnPaper(demoPatients.waitingEcg.name),
    },
    files: [{ name: 'ECG001.dcm', bytes: ecg.bytes }],
    answer: null,
  };
}
