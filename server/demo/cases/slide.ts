import { createHash } from 'node:crypto';
import { type DemoCase, signedOnPaper } from '../demo-case.ts';
import { drawLesion } from '../key-images/slide.ts';
import { demoPatients, sexAndAge, toPatientDraft } from '../patients.ts';
import { paintTissue, type Tissue } from '../pictures/slide/tissue.ts';
import { writePyramid } from '../pictures/slide/write-tiff.ts';
import { daysBefore, minutesBefore } from '../story-time.ts';

const [WIDTH, HEIGHT] = [4096, 3072];
/** As a scanner with a 20× objective. */
const UM_PER_PIXEL = 0.5;

/** A colon polyp: tubular glands, and an area of crowded ones with dark nuclei in several rows. */
const POLYP: Tissue = {
  seed: 'polyp',
  width: WIDTH,
  height: HEIGHT,
  pieces: [{ x: 1950, y: 1500, rx: 1750, ry: 1200, turn: 0.15 }],
  nests: { radius: [70, 115], spacing: 2.5, hollow: 0.36, atypia: 0.08 },
  lesion: { x: 2700, y: 1250, rx: 620, ry: 520, turn: 0 },
  stromalCells: 2.2,
};
/** The upper left of the tiles that show the lesion. */
const LESION_TILES = { column: 8, row: 3 };

/** Three needle cores with solid nests of large dark cells in fibrous tissue. */
const CORES: Tissue = {
  seed: 'cores',
  width: WIDTH,
  height: HEIGHT,
  pieces: [
    { x: 2000, y: 620, rx: 1850, ry: 330, turn: 0.06 },
    { x: 2150, y: 1550, rx: 1700, ry: 310, turn: -0.05 },
    { x: 1850, y: 2500, rx: 1500, ry: 300, turn: 0.03 },
  ],
  nests: { radius: [42, 85], spacing: 2.6, hollow: 0, atypia: 0.75 },
  lesion: null,
  stromalCells: 3,
};

const FINDINGS = `送检为乙状结肠息肉切除标本 HE 全切片。镜下为管状腺体增生，大部分区域腺体大小较一致，核位于基底，极性尚存，呈低级别上皮内瘤变；局灶（见关键图像）腺体密集，腔缩小，细胞核增大、深染、复层排列，极性紊乱，达高级别上皮内瘤变。本切片内未见腺体突破黏膜肌层，未见脉管内瘤栓。切缘在本切片内不能完整评估。`;

export async function prepareFinishedSlide(now: Date): Promise<DemoCase> {
  const bytes = await writePyramid(paintTissue(POLYP), UM_PER_PIXEL);
  const slideId = createHash('sha256').update(bytes).digest('hex');
  return {
    beginsAt: daysBefore(now, 5, '10:05'),
    application: {
      patient: toPatientDraft(demoPatients.finishedSlide),
      question: '乙状结肠息肉：管状腺瘤局灶是否已达高级别上皮内瘤变？有无浸润？术后随访间隔？',
      historySummary: `${sexAndAge(demoPatients.finishedSlide, now)}。便血 2 周行结肠镜检查，距肛缘 25 cm 乙状结肠见一带蒂息肉，约 1.2 cm，表面充血，行内镜下黏膜切除术（EMR），创面钛夹夹闭。其余结肠未见异常。无腹痛、消瘦，无结直肠癌家族史。血红蛋白 128 g/L，癌胚抗原正常。本院病理初步意见：管状腺瘤，局灶腺体不典型，分级请上级会诊。`,
      diagnosis: [{ code: 'K63.5', display: '结肠息肉' }],
      wantedSpecialty: '病理科',
      kind: 'written',
      urgency: 'routine',
      consent: signedOnPaper(demoPatients.finishedSlide.name),
    },
    files: [{ name: '乙状结肠息肉-HE.tiff', bytes }],
    answer: {
      pace: { acceptMin: 95, answerMin: 150, acknowledgeMin: 70 },
      chat: [
        { by: 'specialist', text: '请问息肉基底切缘有没有用墨汁标记？还有其他蜡块吗？' },
        { by: 'county', text: '基底已标记，共 2 个蜡块，可以补切深切片。' },
      ],
      findings: FINDINGS,
      diagnosis: [{ code: 'D12.6', display: '结肠良性肿瘤' }],
      recommendations: [
        { text: '两个蜡块均补切深切片 3 张，重点评估基底切缘及黏膜肌层。', decision: 'adopted', reason: '' },
        {
          text: '加做 Ki-67、p53 及结蛋白（desmin）免疫组织化学染色。',
          decision: 'partly',
          reason: '本院不能开展免疫组化，已将白片寄送北江省立医院病理科代做。',
        },
        {
          text: '切缘阴性者 1 年后复查结肠镜，阴性后每 3 年一次；切缘阳性者追加内镜或外科治疗。',
          decision: 'adopted',
          reason: '',
        },
      ],
      picture: await drawLesion(
        bytes,
        { kind: 'pathology', slideId, widthPx: WIDTH },
        LESION_TILES,
        '腺体密集、核深染复层：高级别上皮内瘤变区域',
      ),
    },
  };
}

export async function prepareWaitingSlide(now: Date): Promise<DemoCase> {
  return {
    beginsAt: minutesBefore(now, 185),
    application: {
      patient: toPatientDraft(demoPatients.waitingSlide),
      question: '左乳肿块粗针穿刺：是否为浸润性癌？组织学类型和分级？需要加做哪些免疫组化？',
      historySummary: `${sexAndAge(demoPatients.waitingSlide, now)}。发现左乳外上象限无痛性肿块 2 个月，约 2 cm，质硬，边界不清，活动度差。超声：左乳 2 点低回声结节 1.9×1.5 cm，形态不规则，边缘成角，BI-RADS 4C；左腋窝一枚淋巴结皮质增厚。昨日行超声引导下粗针穿刺，取 3 条。母亲 62 岁患乳腺癌。本院无乳腺病理专科医师。`,
      diagnosis: [{ code: 'N63', display: '乳房肿块' }],
      wantedSpecialty: '病理科',
      kind: 'written',
      urgency: 'routine',
      consent: signedOnPaper(demoPatients.waitingSlide.name),
    },
    files: [{ name: '左乳穿刺-HE.tiff', bytes: await writePyramid(paintTissue(CORES), UM_PER_PIXEL) }],
    answer: null,
  };
}
