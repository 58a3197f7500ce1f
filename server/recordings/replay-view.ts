import { containerOf } from '../../sfu/recorder/files.ts';
import type { Asked } from '../access/asked.ts';
import { demonstrationActions } from '../access/demonstrations.ts';
import { findPeople, getPerson } from '../accounts/person.ts';
import type { ReplayTrack, ReplayView } from '../contract/index.ts';
import type { FoundDemonstration } from '../demonstrations/demonstration-access.ts';
import { chinaMinute } from '../patients/china-date.ts';
import type { RecordedTrack } from './files.ts';
import type { RecordingParts } from './parts.ts';
import { spanOf, withoutHidden } from './replay.ts';
import type { Replay } from './store.ts';
import type { TimelineParts } from './timeline/parts.ts';
import { listDrawers, readTimeline } from './timeline/view.ts';

/** As browsers name what they are asked to play. */
const MEDIA_TYPES: Record<string, string> = {
  'video/vp8': 'video/webm; codecs="vp8"',
  'video/vp9': 'video/webm; codecs="vp9"',
  'video/h264': 'video/mp4; codecs="avc1.42e028"',
  'audio/opus': 'audio/webm; codecs="opus"',
};

type Found = Pick<FoundDemonstration, 'demonstration' | 'standing'>;

/** Of one demonstration, whatever is not sealed; each with the recording that it is of. */
export async function listRecorded(
  { work: { read }, files }: Pick<RecordingParts, 'work' | 'files'>,
  demonstrationId: string,
): Promise<{ recordingId: string; track: RecordedTrack }[]> {
  const recordings = (await read.recordings.listOf(demonstrationId)).filter(({ sealedAt }) => sealedAt === null);
  const listed = await Promise.all(
    recordings.map(async ({ recordingId }) =>
      (await files.listTracks(recordingId)).map((track) => ({ recordingId, track })),
    ),
  );
  return listed.flat();
}

/** The replay as the caller sees it; that they may is decided before. */
export async function toReplayView(
  parts: TimelineParts,
  { caller, at }: Asked,
  { demonstration, standing }: Found,
  replay: Replay | undefined,
): Promise<ReplayView> {
  const { read } = parts.work;
  const { demonstrationId, title, version, state, beganAt, endedAt } = demonstration;
  const actions = demonstrationActions(standing);
  const isPublished = state === 'published';
  const { cutParts, maskedParts } = replay ?? { cutParts: [], maskedParts: [] };
  const recorded = await listRecorded(parts, demonstrationId);
  const tracks = recorded.flatMap(({ recordingId, track }) =>
    [isPublished ? withoutHidden(track, { cutParts, maskedParts }) : track].flatMap((one) =>
      one ? toTrack(recordingId, one) : [],
    ),
  );
  const span = spanOf(recorded.map(({ track }) => track));
  const iso = (ms: number | undefined, other: string | null) =>
    ms === undefined ? (other ?? at.toISOString()) : new Date(ms).toISOString();
  const { openedBy, publishedBy, publishedAt = null } = replay ?? {};
  const drawers = await listDrawers(parts, demonstration);
  const people = await findPeople(read, new Set([...tracks.map(({ ref }) => ref.accountId), ...drawers]));
  const deciders = await findPeople(
    read,
    [openedBy, publishedBy].flatMap((one) => one ?? []),
  );
  const person = await getPerson(read, caller);
  return {
    title,
    version,
    isPublished,
    mayEdit: actions.includes('edit-replay'),
    mayPublish: actions.includes('publish-replay') && openedBy !== caller.accountId,
    mayRetire: actions.includes('retire-replay'),
    mayWithdraw: actions.includes('withdraw-check'),
    fromAt: iso(span?.fromMs, beganAt),
    toAt: iso(span?.toMs, endedAt),
    tracks,
    people: [...people.values()],
    programs: (await read.recordings.listPrograms(demonstrationId)).map(({ at, program }) => ({ at, program })),
    chapters: replay?.chapters ?? [],
    cutParts: isPublished ? [] : cutParts,
    maskedParts,
    leftOutQuestions: isPublished ? [] : (replay?.leftOutQuestions ?? []),
    timeline: await readTimeline(parts, demonstration),
    openedBy: deciders.get(openedBy ?? '') ?? null,
    publishedBy: deciders.get(publishedBy ?? '') ?? null,
    publishedAt,
    watermark: `${person.name} · ${person.facilityName} · ${chinaMinute(at)}`,
  };
}

function toTrack(
  recordingId: string,
  { trackId, accountId, source, label, inputId, seat, kind, mimeType, takes }: RecordedTrack,
): ReplayTrack {
  return {
    recordingId,
    trackId,
    ref: { accountId, source, label, ...(inputId !== undefined && { inputId }) },
    seat,
    kind,
    mediaType: MEDIA_TYPES[mimeType.toLowerCase()] ?? mimeType,
    extension: containerOf(mimeType),
    takes: takes.map(({ takeId, startedAtMs, segments }) => ({
      takeId,
      startedAt: new Date(startedAtMs).toISOString(),
      segments,
    })),
  };
}
