import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { type DemonstrationView, Failure, type ReplaySaveInput, type ReplayView } from '../contract/index.ts';
import { changeDemonstration, replaceDemonstration } from '../demonstrations/change.ts';
import {
  replayEdited,
  replayOpened,
  replayPublished,
  replayRetired,
  requireVersion,
} from '../demonstrations/demonstration.ts';
import { getDemonstrationFor } from '../demonstrations/demonstration-access.ts';
import { requireNobodyNamed } from '../demonstrations/plan-use-cases.ts';
import { ACTS } from '../demonstrations/rules/rules.ts';
import type { RecordingParts } from './parts.ts';
import { mergeParts } from './replay.ts';
import { toReplayView } from './replay-view.ts';
import { getSeenReplay } from './seen-replay.ts';
import type { Replay } from './store.ts';

interface Step {
  demonstrationId: string;
  version: number;
}

/** From now on it can be looked through, by those who made it. */
export function openReplay(
  parts: RecordingParts,
  asked: Asked,
  { demonstrationId, version }: Step,
): Promise<DemonstrationView> {
  const { caller, at } = asked;
  return changeDemonstration(
    parts,
    asked,
    demonstrationId,
    { action: 'open-replay', version },
    async (stored, { stores }) => {
      await stores.recordings.putReplay({
        demonstrationId,
        cutParts: [],
        chapters: [],
        openedBy: caller.accountId,
        openedAt: at.toISOString(),
        publishedBy: null,
        publishedAt: null,
      });
      return { next: replayOpened(stored, at) };
    },
  );
}

/** @throws Failure forbidden / replay-second-person to whoever opened it: a second person looks it through */
export function publishReplay(
  parts: RecordingParts,
  asked: Asked,
  { demonstrationId, version }: Step,
): Promise<DemonstrationView> {
  const { caller, at } = asked;
  return changeDemonstration(
    parts,
    asked,
    demonstrationId,
    { action: 'publish-replay', version },
    async (stored, { stores }) => {
      const replay = await stores.recordings.findReplay(demonstrationId);
      if (!replay || replay.openedBy === caller.accountId || stored.surgeonId === caller.accountId)
        throw new Failure('forbidden', 'a second person looks it through', { reason: 'replay-second-person' });
      await stores.recordings.putReplay({ ...replay, publishedBy: caller.accountId, publishedAt: at.toISOString() });
      return { next: replayPublished(stored, at), detail: { cutParts: replay.cutParts.length } };
    },
  );
}

export function retireReplay(
  parts: RecordingParts,
  asked: Asked,
  { demonstrationId, version }: Step,
): Promise<DemonstrationView> {
  return changeDemonstration(parts, asked, demonstrationId, { action: 'retire-replay', version }, (stored) => ({
    next: replayRetired(stored, asked.at),
  }));
}

/** Somebody has it before them: that is an act, by whomever. */
export async function readReplay(parts: RecordingParts, asked: Asked, demonstrationId: string): Promise<ReplayView> {
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

/** Parts to be cut out and chapters, while it is looked through. @throws Failure conflict / version-outdated */
export async function saveReplay(
  parts: RecordingParts,
  asked: Asked,
  demonstrationId: string,
  { version, cutParts, chapters }: ReplaySaveInput,
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
      chapters: chapters.toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    };
    await stores.recordings.putReplay(replay);
    await recordAct(stores.audit, asked, {
      action: ACTS['edit-replay'].recorded ?? '',
      subjectKind: 'demonstration',
      subjectId: demonstrationId,
      detail: { cutParts: replay.cutParts },
    });
    return { found: { ...found, demonstration: next }, replay };
  });
  return toReplayView(parts, asked, saved.found, saved.replay);
}
