import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SEGMENTS_FILE, TAKE_FILE, TakeFile, TRACK_FILE, TrackFile } from '../../sfu/recorder/files.ts';
import { createLru } from '../formats/lru.ts';

/** A segment that is whole: number of its file, first and last millisecond within the take. */
export type Segment = [index: number, fromMs: number, toMs: number];

export interface RecordedTake {
  takeId: string;
  startedAtMs: number;
  segments: Segment[];
}

export interface RecordedTrack extends TrackFile {
  trackId: string;
  takes: RecordedTake[];
}

/** What the sfu has written, read from where it lies. */
export interface RecordingFiles {
  folder: string;
  /** Of a recording that nothing was written of: none. */
  listTracks(recordingId: string): Promise<RecordedTrack[]>;
  /** What the track is; undefined: there is none. */
  findTrack(recordingId: string, trackId: string): Promise<TrackFile | undefined>;
  /** undefined: there is no such take. */
  findTake(recordingId: string, trackId: string, takeId: string): Promise<RecordedTake | undefined>;
}

/** Of so many takes the list stays in memory. */
const KEPT_LISTS = 500;
/** One line of ffmpeg's list. */
const LINE = /^(\d{5})\.(?:webm|mp4),(\d+\.\d+),(\d+\.\d+)$/;

export function openRecordingFiles(folder: string): RecordingFiles {
  /** A list of hours is read once, and again once it has grown. */
  const known = createLru<{ changedAtMs: number; segments: Segment[] }>({ limit: KEPT_LISTS });

  async function readSegments(file: string): Promise<Segment[]> {
    const found = await stat(file).catch(unlessMissing);
    if (!found) return [];
    const before = known.get(file);
    if (before?.changedAtMs === found.mtimeMs) return before.segments;
    const segments = (await readFile(file, 'utf8')).split('\n').flatMap(toSegment);
    known.set(file, { changedAtMs: found.mtimeMs, segments });
    return segments;
  }

  async function findTake(recordingId: string, trackId: string, takeId: string): Promise<RecordedTake | undefined> {
    const path = join(folder, recordingId, trackId, takeId);
    const text = await readFile(join(path, TAKE_FILE), 'utf8').catch(unlessMissing);
    const take = text === undefined ? undefined : TakeFile.safeParse(parseJson(text)).data;
    if (!take) return undefined;
    return { takeId, startedAtMs: Date.parse(take.startedAt), segments: await readSegments(join(path, SEGMENTS_FILE)) };
  }

  /** It never changes: read once while it is asked for again and again. */
  const tracks = createLru<TrackFile>({ limit: KEPT_LISTS });
  async function findTrack(recordingId: string, trackId: string): Promise<TrackFile | undefined> {
    const file = join(folder, recordingId, trackId, TRACK_FILE);
    const kept = tracks.get(file);
    if (kept) return kept;
    const text = await readFile(file, 'utf8').catch(unlessMissing);
    const about = text === undefined ? undefined : TrackFile.safeParse(parseJson(text)).data;
    if (about) tracks.set(file, about);
    return about;
  }

  return {
    folder,
    findTrack,
    findTake,
    async listTracks(recordingId) {
      const found = await Promise.all(
        (await namesIn(join(folder, recordingId))).map(async (trackId): Promise<RecordedTrack[]> => {
          const path = join(folder, recordingId, trackId);
          const about = await findTrack(recordingId, trackId);
          if (!about) return [];
          const takes = await Promise.all(
            (await namesIn(path)).map((takeId) => findTake(recordingId, trackId, takeId)),
          );
          const whole = takes.filter((take) => take !== undefined && take.segments.length > 0) as RecordedTake[];
          return whole.length > 0 ? [{ ...about, trackId, takes: whole.sort(byStart) }] : [];
        }),
      );
      return found.flat();
    },
  };
}

const byStart = (one: RecordedTake, other: RecordedTake): number => one.startedAtMs - other.startedAtMs;

function toSegment(line: string): Segment[] {
  const [, name, from, to] = LINE.exec(line.trim()) ?? [];
  const ms = (seconds: string | undefined) => Math.round(Number(seconds) * 1000);
  return name === undefined ? [] : [[Number(name), ms(from), ms(to)]];
}

/** Whoever dies while writing leaves half a file. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(unlessMissing);
  return (entries ?? []).filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function unlessMissing(err: unknown): undefined {
  if (err instanceof Error && 'code' in err && err.code === 'ENOENT') return undefined;
  throw err;
}
