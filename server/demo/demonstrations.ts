import type { Caller } from '../access/caller.ts';
import type { DemonstrationDraft, DemonstrationSeat } from '../contract/index.ts';
import { takeStep } from '../demonstrations/course-use-cases.ts';
import { enrol } from '../demonstrations/enrolment-use-cases.ts';
import { shownCount } from '../demonstrations/facts.ts';
import type { DemonstrationParts } from '../demonstrations/parts.ts';
import { askForSignOff, createDemonstration, saveDemonstration } from '../demonstrations/plan-use-cases.ts';
import { checkMaterial, signOff } from '../demonstrations/sign-off-use-cases.ts';
import { demoFacilities } from './network.ts';
import type { Play } from './play.ts';

const MINUTE_MS = 60_000;
/** From the first start, up to the next quarter of an hour: time to look around and enrol, and soon enough to begin it at once. */
const BEGINS_AFTER_MS = 45 * MINUTE_MS;
const QUARTER_MS = 15 * MINUTE_MS;
const LASTS_MS = 180 * MINUTE_MS;

/** Milliseconds since 1970. */
export const beginningAfter = (now: Date): number =>
  Math.ceil((now.getTime() + BEGINS_AFTER_MS) / QUARTER_MS) * QUARTER_MS;

/** Who sits where, by their accounts. */
const SEATS: Record<Exclude<DemonstrationSeat, 'expert'>, string> = {
  'theatre-signer': 'he.jianguo',
  'ethics-signer': 'wuyunqimuge',
  moderator: 'specialist-2',
  deputy: 'tian.hong',
  advocate: 'ding.yi',
  nurse: 'coordinator',
};
const WATCHERS = ['luo.yonggang', 'liang.shan', 'cui.yong'];

const OPEN: Omit<DemonstrationDraft, 'startsAt' | 'endsAt' | 'consultationId' | 'seats'> = {
  title: '胸腔镜下肺段切除手术示教',
  procedure: '单孔胸腔镜右肺下叶背段切除术',
  description: '重点演示段间平面的辨认与处理。术前讲解影像，术中由主持人转述提问，术后讨论。',
  specialty: '04.05',
  room: '第三手术间',
  capacity: 300,
  requiredPercent: 80,
  // Everything below the provincial hospital is the whole network.
  audience: [{ kind: 'facility', id: demoFacilities.province.facilityId }],
  materialIds: [],
};

/** Nobody is in any hall yet. */
const NOTHING = async () => undefined;
const NO_HALL: DemonstrationParts['hall'] = { close: NOTHING, remove: NOTHING, reseat: NOTHING };

/**
 * One demonstration that waits for its watchers, with all sign-offs and the case's pictures to be shown, and one that still lacks its patient, its people and its time.
 * @param consultationId a case whose patient, whom nobody ever was, consents to teaching.
 */
export async function planDemonstrations(play: Play, consultationId: string, now: Date): Promise<void> {
  const { asks, callerOf } = play;
  const parts: DemonstrationParts = { ...play.parts, isHallReady: () => false, hall: NO_HALL };
  const surgeon = await callerOf('surgeon');
  const soon = (caller: Caller) => asks(caller, 0.5);
  const { demonstrationId } = await createDemonstration(parts, soon(surgeon), {});
  const seats: DemonstrationDraft['seats'] = [];
  for (const [seat, login] of Object.entries(SEATS)) {
    const { accountId, facilityId } = await callerOf(login);
    seats.push({ seat: seat as DemonstrationSeat, accountId, facilityId });
  }
  const begins = beginningAfter(now);
  const materials = await play.parts.work.read.materials.list(consultationId);
  const draft = {
    ...OPEN,
    seats,
    consultationId,
    materialIds: materials.map(({ materialId }) => materialId),
    startsAt: new Date(begins).toISOString(),
    endsAt: new Date(begins + LASTS_MS).toISOString(),
  };
  // The surgeon was not asked to join the case; the coordinator of the house sees it.
  await saveDemonstration(parts, soon(await callerOf('coordinator')), demonstrationId, { ...draft, version: 1 });
  const version = await lookThrough(play, parts, demonstrationId, materials);
  await askForSignOff(parts, soon(surgeon), demonstrationId, { version });
  const [theatre, ethics] = [await callerOf(SEATS['theatre-signer']), await callerOf(SEATS['ethics-signer'])];
  await signOff(parts, soon(theatre), demonstrationId, { version: version + 1, as: 'theatre' });
  await signOff(parts, soon(ethics), demonstrationId, { version: version + 2, as: 'ethics' });
  const moderator = await callerOf(SEATS.moderator);
  await takeStep(parts, soon(moderator), demonstrationId, { action: 'open-enrolment', version: version + 3 });
  for (const login of WATCHERS) await enrol(parts, soon(await callerOf(login)), demonstrationId);

  const other = await createDemonstration(parts, soon(surgeon), {});
  await saveDemonstration(parts, soon(surgeon), other.demonstrationId, {
    ...OPEN,
    title: '纵隔肿瘤切除手术示教',
    procedure: '胸腔镜下前纵隔肿瘤切除术',
    description: '',
    capacity: null,
    startsAt: null,
    endsAt: null,
    consultationId: null,
    seats: [],
    version: 1,
  });
}

/** The deputy sees the case, and has listed nothing of it. @returns the plan's version afterwards */
async function lookThrough(
  { parts: { work, readMaterialText }, asks, callerOf }: Play,
  parts: DemonstrationParts,
  demonstrationId: string,
  materials: readonly { materialId: string }[],
): Promise<number> {
  const counts = await work.read.materials.countInstances(materials.map(({ materialId }) => materialId));
  const deputy = await callerOf(SEATS.deputy);
  let version = 2;
  for (const { materialId } of materials) {
    const seen = { version, pictureCount: shownCount(counts.get(materialId)) };
    const whose = { demonstrationId, materialId };
    await checkMaterial({ ...parts, readMaterialText }, asks(deputy, 0.5), whose, seen);
    version += 1;
  }
  return version;
}
