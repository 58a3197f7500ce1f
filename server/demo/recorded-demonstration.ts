import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasFfmpeg } from '../../sfu/recorder/ffmpeg.ts';
import type { Config } from '../config.ts';
import { DemonstrationState } from '../contract/index.ts';
import type { Demonstration } from '../demonstrations/demonstration.ts';
import type { Logger } from '../runtime/log.ts';
import { PRIVATE_FOLDER_MODE } from '../runtime/private-folder.ts';
import type { Stores, Work } from '../store/stores.ts';
import { COMPUTED_SECONDS, COMPUTED_TRACKS, writeComputedTrack } from './computed-track.ts';
import { insertCredited } from './credited-watchers.ts';
import { listLiveDemoAccounts } from './end.ts';

const DAY_MS = 86_400_000;
/** It was live for longer than what was recorded of it. */
const LIVE_MS = 96 * 60_000;
/** Of each database's own: whoever is quicker of two servers has made it. */
const DEMONSTRATION_ID = 'd3a0a1f2-6c0b-4f0e-9b57-2f6f4f1c7a10';
/** By which it is known where an earlier version gave it another id. */
const TITLE = '胸腔镜肺段切除示教（往期回放）';
/** A recording that is being computed; nobody looks for one under such a name. */
const UNFINISHED = '.unfinished-';
/** Computing takes seconds: what is older is of a server that was killed. */
const LEFT_BEHIND_MS = DAY_MS / 24;

export interface ReplayParts {
  work: Work;
  config: Pick<Config, 'recordingsDir'>;
  clock: () => Date;
  log: Logger;
}

/** Makes the replay beside whatever else the server does; a start that is cut off leaves it to the next one. */
export function startRecordedDemonstration(parts: ReplayParts): { close(): Promise<void> } {
  const stop = new AbortController();
  const making = addRecordedDemonstration(parts, stop.signal).catch((err: unknown) => {
    if (!stop.signal.aborted) parts.log.warn({ err }, 'the demo network has no replay');
  });
  return {
    async close() {
      stop.abort();
      await making;
    },
  };
}

/**
 * Gives the demo network a demonstration that is over, with a published replay, where it has none yet. It is computed when the server is up
 * already, with what makes recordings; without that there is none. Nothing of it is there before all of it is.
 * @throws Error where it was stopped
 */
export async function addRecordedDemonstration(
  { work, config: { recordingsDir }, clock }: ReplayParts,
  signal: AbortSignal,
): Promise<void> {
  const now = clock();
  await removeLeftBehind(recordingsDir, now);
  const plan = await findPlan(work.read);
  if (!plan || !(await hasFfmpeg())) return;
  const began = new Date(now.getTime() - DAY_MS);
  const recordingId = randomUUID();
  const [unfinished, folder] = [join(recordingsDir, `${UNFINISHED}${recordingId}`), join(recordingsDir, recordingId)];
  try {
    await mkdir(unfinished, { recursive: true, mode: PRIVATE_FOLDER_MODE });
    for (const { source, input } of COMPUTED_TRACKS)
      await writeComputedTrack(unfinished, { source, input, began, accountId: plan.surgeonId, signal });
    signal.throwIfAborted();
    await work.write(async (stores) => {
      if (await stores.demonstrations.findForUpdate(DEMONSTRATION_ID)) return;
      await insertReplay(stores, plan, { recordingId, began, now });
      // Last of all: a server that is killed before leaves nothing that nobody removes.
      await rename(unfinished, folder);
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function removeLeftBehind(recordingsDir: string, now: Date): Promise<void> {
  const names = await readdir(recordingsDir).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(UNFINISHED))) {
    const path = join(recordingsDir, name);
    const found = await stat(path).catch(() => undefined);
    if (found && now.getTime() - found.mtimeMs > LEFT_BEHIND_MS) await rm(path, { recursive: true, force: true });
  }
}

/** The network's own plan, after which this one is made. undefined: it is there already, or this is no demo network any more. */
async function findPlan(read: Stores): Promise<Demonstration | undefined> {
  const surgeon = (await listLiveDemoAccounts(read)).find(({ login }) => login === 'surgeon');
  if (!surgeon) return undefined;
  const { accountId } = surgeon;
  const own = (await listOwn(read, surgeon)).filter(
    ({ surgeonId, consultationId }) => surgeonId === accountId && consultationId,
  );
  const isMade = own.some(({ demonstrationId, title }) => demonstrationId === DEMONSTRATION_ID || title === TITLE);
  return isMade ? undefined : own[0];
}

/** However many were planned since: the oldest is the network's, the replay may be the last. */
async function listOwn(
  { demonstrations }: Pick<Stores, 'demonstrations'>,
  { accountId, facilityId }: { accountId: string; facilityId: string },
): Promise<Demonstration[]> {
  const found: Demonstration[] = [];
  for (let page = 1; ; page += 1) {
    const one = await demonstrations.listPage({
      filter: { desk: 'own', accountId, facilityId, all: false },
      states: DemonstrationState.options,
      order: 'ascending',
      page,
      limit: 50,
    });
    found.push(...one.demonstrations);
    if (found.length >= one.total || one.demonstrations.length === 0) return found;
  }
}

async function insertReplay(
  stores: Stores,
  plan: Demonstration,
  { recordingId, began, now }: { recordingId: string; began: Date; now: Date },
): Promise<void> {
  const { recordings } = stores;
  const at = (ms: number) => new Date(began.getTime() + ms).toISOString();
  const [demonstrationId, endedAt] = [DEMONSTRATION_ID, at(COMPUTED_SECONDS * 1000)];
  const { surgeonId } = plan;
  const beganAt = at(COMPUTED_SECONDS * 1000 - LIVE_MS);
  const over = {
    ...plan,
    demonstrationId,
    state: 'published' as const,
    version: 1,
    title: TITLE,
    startsAt: beganAt,
    endsAt: endedAt,
    beganAt,
    endedAt,
    enrolmentClosedAt: beganAt,
    changedAt: now.toISOString(),
  };
  await insertCredited(stores, over, { beganAt, endedAt });
  const ends = { stoppedAt: endedAt, sealedAt: null, fault: null };
  await recordings.insert({ recordingId, demonstrationId, startedBy: surgeonId, startedAt: at(0), ...ends });
  const field = { accountId: surgeonId, source: 'field' as const, label: null };
  const room = { ...field, source: 'room' as const };
  const programs = [
    { layout: 'single' as const, main: field, second: null },
    { layout: 'picture-in-picture' as const, main: field, second: room },
  ];
  for (const [index, program] of programs.entries())
    await recordings.noteProgram({ demonstrationId, at: at(index * 8_000), program });
  await recordings.putReplay({
    demonstrationId,
    cutParts: [],
    maskedParts: [],
    leftOutQuestions: [],
    chapters: [
      { at: at(0), title: '入路与暴露' },
      { at: at(8_000), title: '段间平面的辨认' },
      { at: at(16_000), title: '止血与检查' },
    ],
    openedBy: surgeonId,
    openedAt: endedAt,
    publishedBy: plan.seats.find(({ seat }) => seat === 'moderator')?.accountId ?? surgeonId,
    publishedAt: endedAt,
  });
}
