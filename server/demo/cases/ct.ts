import { type DemoCase, signedOnPaper } from '../demo-case.ts';
import { drawNodule } from '../key-images/ct.ts';
import { demoPatients, sexAndAge, toPatientDraft, toSubject } from '../patients.ts';
import type { Chest } from '../pictures/ct/chest.ts';
import { CT_VOLUME, type CtPicture, makeCt } from '../pictures/ct/series.ts';
import { toPixels } from '../pictures/ct/slice.ts';
import { makeLaboratorySheet } from '../pictures/document/laboratory-sheet.ts';
import { daysBefore, minutesBefore } from '../story-time.ts';

const FINISHED_CHEST: Chest = { seed: 'chest-3', size: 1, nodule: { x: -84, y: -46, z: 4.5, r: 4.5 } };
const WAITING_CHEST: Chest = { seed: 'waiting', size: 0.93, nodule: { x: 88, y: 26, z: -13.5, r: 4.5 } };

const NODULE = { code: 'R91', display: '肺诊断性影像检查的异常所见（肺结节）' };
const FINDINGS = `右肺上叶前段见一实性结节，类圆形，边缘光滑，直径约 9 mm，密度均匀，平均 CT 值约 30 HU，未见钙化及脂肪密度，未见分叶、毛刺及胸膜凹陷征。余肺未见实变及其他结节。气管及主支气管通畅。纵隔及双肺门未见肿大淋巴结。双侧胸腔未见积液。心影及大血管未见异常。扫描范围内骨质未见破坏。
视频会诊中与申请医师共同阅片：患者有 40 年吸烟史，本结节为首次发现，无既往 CT 可供对比，恶性可能不能除外，属中等风险。`;

const filesOf = ({ instances }: CtPicture) =>
  instances.map(({ bytes }, index) => ({ name: `CT${String(index + 1).padStart(3, '0')}.dcm`, bytes }));

export async function prepareFinishedCt(now: Date): Promise<DemoCase> {
  const beginsAt = daysBefore(now, 2, '09:40');
  const ct = makeCt(FINISHED_CHEST, toSubject(demoPatients.finishedCt, minutesBefore(beginsAt, 75)));
  const slice = CT_VOLUME.z.findIndex((z) => z >= FINISHED_CHEST.nodule.z);
  const instance = ct.instances[slice];
  if (!instance) throw new Error('the nodule lies outside the volume');
  const { studyInstanceUid, seriesInstanceUid } = ct;
  const target = {
    kind: 'imaging',
    studyInstanceUid,
    seriesInstanceUid,
    sopInstanceUid: instance.sopInstanceUid,
    frame: 1,
  } as const;
  const { x, y, r } = FINISHED_CHEST.nodule;
  const nodule = { center: toPixels(CT_VOLUME, x, y), radius: r / CT_VOLUME.mmPerPixel };
  return {
    beginsAt,
    application: {
      patient: toPatientDraft(demoPatients.finishedCt),
      question: '右肺上叶实性结节的性质？是否需要穿刺活检，还是定期复查？复查的间隔和方法？',
      historySummary: `${sexAndAge(demoPatients.finishedCt, now)}。体检胸部 CT 发现右肺上叶结节 1 天。无发热、咯血、胸痛，近半年体重无明显变化，偶有晨起咳嗽、少量白痰。吸烟 40 年，每日约 20 支，未戒。无结核病史及粉尘接触史。父亲死于肺癌。查体：浅表淋巴结未及肿大，双肺呼吸音清，未闻及啰音。癌胚抗原 3.1 ng/mL，细胞角蛋白 19 片段 2.4 ng/mL。本院无既往胸部 CT。`,
      diagnosis: [NODULE],
      wantedSpecialty: '放射科',
      kind: 'video',
      urgency: 'routine',
      consent: signedOnPaper(demoPatients.finishedCt.name, { scopes: ['consult', 'record', 'teach'] }),
    },
    files: filesOf(ct),
    answer: {
      pace: { acceptMin: 25, answerMin: 50, acknowledgeMin: 40 },
      chat: [
        { by: 'specialist', text: '李医生您好，片子已看到。患者有没有以前的胸部 CT 或胸片可以对比？' },
        { by: 'county', text: '没有，这是第一次做胸部 CT。去年的胸片报告写的是“未见异常”，片子没有保存。' },
      ],
      findings: FINDINGS,
      diagnosis: [NODULE],
      recommendations: [
        {
          text: '3 个月后复查胸部薄层 CT（层厚 ≤1.5 mm，低剂量），与本次同层面对比大小和密度。',
          decision: 'adopted',
          reason: '',
        },
        {
          text: '有条件时行 PET/CT；结节增大、密度增高或 PET/CT 阳性者转胸外科评估穿刺或手术。',
          decision: 'partly',
          reason: '本县无 PET/CT，患者希望先复查；3 个月复查如有变化即转北江省立医院。',
        },
        { text: '立即戒烟，给予戒烟门诊指导。', decision: 'adopted', reason: '' },
      ],
      picture: await drawNodule(instance.bytes, target, nodule, '右肺上叶前段实性结节，肺窗'),
    },
  };
}

export async function prepareWaitingCt(now: Date): Promise<DemoCase> {
  const beginsAt = minutesBefore(now, 55);
  const ct = makeCt(WAITING_CHEST, toSubject(demoPatients.waitingCt, minutesBefore(beginsAt, 30)));
  const drawn = toSubject(demoPatients.waitingCt, minutesBefore(beginsAt, 180));
  const markers = makeLaboratorySheet(drawn, demoPatients.waitingCt.name, '肿瘤标志物', [
    { name: '癌胚抗原（CEA）', value: 6.8, unit: 'ng/mL', upperLimit: 5 },
    { name: '糖类抗原 15-3（CA15-3）', value: 31, unit: 'U/mL', upperLimit: 25 },
    { name: '糖类抗原 125（CA125）', value: 18.2, unit: 'U/mL', upperLimit: 35 },
    { name: '甲胎蛋白（AFP）', value: 3.1, unit: 'ng/mL', upperLimit: 7 },
  ]);
  return {
    beginsAt,
    application: {
      patient: toPatientDraft(demoPatients.waitingCt),
      question: '左肺下叶结节是否考虑转移？乳腺癌术后患者，下一步应随访、穿刺还是行全身评估？',
      historySummary: `${sexAndAge(demoPatients.waitingCt, now)}。左乳浸润性导管癌改良根治术后 4 年，内分泌治疗中。复查胸部 CT 发现左肺结节半天。无咳嗽、咯血、胸痛，无发热。术后每年复查胸片，未见异常。查体：左胸壁术后改变，双侧腋窝及锁骨上未及肿大淋巴结，双肺呼吸音清。癌胚抗原 6.8 ng/mL（升高），CA15-3 31 U/mL（参考值上限 25）。`,
      diagnosis: [NODULE],
      wantedSpecialty: '放射科',
      kind: 'video',
      urgency: 'urgent',
      consent: signedOnPaper(demoPatients.waitingCt.name),
    },
    files: [...filesOf(ct), { name: '检验报告单（肿瘤标志物）.pdf', bytes: markers }],
    answer: null,
  };
}
