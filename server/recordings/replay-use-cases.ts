import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { type DemonstrationView, Failure, type ReplaySaveInput, type ReplayView } from '../contract/index.ts';
import { replayEdited, replayOpened, replayPublished, replayRetired } from '../demonstrations/after-the-end.ts';
import { changeDemonstration, type Made, replaceDemonstration } from '../demonstrations/change.ts';
import { type Demonstration, requireVersion } from '../demonstrations/demonstration.ts';
import { getDemonstrationFor } from '../demonstrations/demonstration-access.ts';
import type { DemonstrationStores } from '../demonstrations/parts.ts';
import { requireNobodyNamed } from '../demonstrations/plan-use-cases.ts';
import { ACTS } from '../demonstrations/rules/rules.ts';
import type { RecordingParts } from './parts.ts';
import { mergeParts } from './replay.ts';
import { toReplayView } from './replay-view.ts';
import { getSeenReplay } from './seen-replay.ts';
import type { Replay } from './store.ts';
import type { TimelineParts } from './timeline/parts.ts';
import { textsOf } from './timeline/texts.ts';

type ReplayStep = (
  parts: RecordingParts,
  asked: Asked,
  step: { demonstrationId: string; version: number },
) => Promise<DemonstrationView>;

interface Stepping extends Asked {
  parts: RecordingParts;
  stores: DemonstrationStores;
}

/** A step of a replay that takes nothing but the version it was made on. */
function replayStep(
  action: 'open-replay' | 'publish-replay' | 'retire-replay',
  make: (stored: Demonstration, stepping: Stepping) => Made | Promise<Made>,
): ReplayStep {
  return (parts, asked, { demonstrationId, version }) =>
    changeDemonstration(parts, asked, demonstrationId, { action, version }, (stored, { stores }) =>
      make(stored, { ...asked, parts, stores }),
    );
}

/** From now on it can be looked through, by those who made it. */
export const openReplay = replayStep('open-replay', async (stored, { caller, at, stores }) => {
  await stores.recordings.putReplay({
    demonstrationId: stored.demonstrationId,
    cutParts: [],
    maskedParts: [],
    leftOutQuestions: [],
    chapters: [],
    openedBy: caller.accountId,
    openedAt: at.toISOString(),
    publishedBy: null,
    publishedAt: null,
  });
  return { next: replayOpened(stored, at) };
});

/**
 * @throws Failure forbidden / replay-second-person to whoever opened it: a second person looks it through; invalid-message / patient-named where the
 * patient is called by now as something says that was written then
 */
export const publishReplay = replayStep('publish-replay', async (stored, { caller, at, stores, parts }) => {
  const replay = await stores.recordings.findReplay(stored.demonstrationId);
  if (!replay || replay.openedBy === caller.accountId || stored.surgeonId === caller.accountId)
    throw new Failure('forbidden', 'a second person looks it through', { reason: 'replay-second-person' });
  const published = { ...stored, state: 'published' as const };
  await requireNobodyNamed(parts, stores, stored.consultationId, await textsOf(stores, published, replay));
  await stores.recordings.putReplay({ ...replay, publishedBy: caller.accountId, publishedAt: at.toISOString() });
  return { next: replayPublished(stored, at), detail: { cutParts: replay.cutParts.length } };
});

export const retireReplay = replayStep('retire-replay', (stored, { at }) => ({ next: replayRetired(stored, at) }));

/** Somebody has it before them: that is an act, by whomever. */
export async function readReplay(parts: TimelineParts, asked: Asked, demonstrationId: string): Promise<ReplayView> {
  const { read } = parts.work;
  const found = await getSeenReplay(parts, asked, demonstrationId);
  await parts.work.write((stores) =>
    recordAct(stores.audit, asked, {
      action: ACTS['watch-replay'].recorded ?? '',
      subjectKind: 'demonstration',
      subjectId: demonstrationId,
      detail: { state: found.demonstration.state },
    }),
  );
  return toReplayView(parts, asked, found, await read.recordings.findReplay(demonstrationId));
}

/** Parts to be cut out or masked, and chapters, while it is looked through. @throws Failure conflict / version-outdated */
export async function saveReplay(
  parts: TimelineParts,
  asked: Asked,
  demonstrationId: string,
  { version, cutParts, maskedParts, leftOutQuestions, chapters }: ReplaySaveInput,
): Promise<ReplayView> {
  const { caller, at } = asked;
  const saved = await parts.work.write(async (stores) => {
    const options = { at, lock: true };
    const found = await getDemonstrationFor(parts, stores, caller, demonstrationId, 'edit-replay', options);
    requireVersion(found.demonstration, version);
    const titles = chapters.map(({ title }) => title).join('\n');
    await requireNobodyNamed(parts, stores, found.demonstration.consultationId, { chapters: titles });
    const stored = await stores.recordings.findReplay(demonstrationId);
    if (!stored) throw new Failure('not-found', 'no such replay');
    const next = replayEdited(found.demonstration, at);
    await replaceDemonstration(stores, next);
    const replay: Replay = {
      ...stored,
      cutParts: mergeParts(cutParts),
      maskedParts: maskedParts.toSorted((a, b) => (a.fromAt < b.fromAt ? -1 : 1)),
      leftOutQuestions: [...new Set(leftOutQuestions)],
      chapters: chapters.toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    };
    await stores.recordings.putReplay(replay);
    await recordAct(stores.audit, asked, {
      action: ACTS['edit-replay'].recorded ?? '',
      subjectKind: 'demonstration',
      subjectId: demonstrationId,
      detail: { cutParts: replay.cutParts, maskedParts: replay.maskedParts, leftOutQuestions: replay.leftOutQuestions },
    });
    return { found: { ...found, demonstration: next }, replay };
  });
  return toReplayView(parts, asked, saved.found, saved.replay);
}
