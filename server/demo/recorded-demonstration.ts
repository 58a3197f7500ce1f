import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hasFfmpeg } from '../../sfu/recorder/ffmpeg.ts';
import { SEGMENTS_FILE, TAKE_FILE, type TakeFile, TRACK_FILE, type TrackFile } from '../../sfu/recorder/files.ts';
import type { Config } from '../config.ts';
import type { Demonstration } from '../demonstrations/demonstration.ts';
import type { Work } from '../store/stores.ts';

const SECONDS = 24;
const DAY_MS = 86_400_000;

/** Two instruments over tissue, a room, and a monitor's beep: an operation that nobody ever had. */
const TRACKS: { source: TrackFile['source']; input: string }[] = [
  {
    source: 'field',
    input: [
      `gradients=size=640x360:rate=12:c0=0x8c2f2b:c1=0x5e1414:c2=0xc0645a:c3=0xa3423a:n=4:speed=0.02:duration=${SECONDS}`,
      'format=yuv420p',
      "drawbox=x='260+90*sin(t)':y='40+30*cos(t*1.3)':w=14:h=220:color=0xb8bec4:t=fill",
      "drawbox=x='380-70*sin(t*0.8)':y=120:w=12:h=240:color=0x9aa1a8:t=fill",
    ].join(','),
  },
  {
    source: 'room',
    input: [
      `color=c=0x33474d:size=320x180:rate=6:duration=${SECONDS}`,
      'drawbox=x=90:y=100:w=140:h=36:color=0x6f8f8a:t=fill',
      "drawbox=x='60+6*sin(t)':y=50:w=26:h=80:color=0x2e6b66:t=fill",
      "drawbox=x='232+6*cos(t*0.7)':y=54:w=26:h=80:color=0x2e6b66:t=fill",
    ].join(','),
  },
  {
    source: 'audio',
    input: `aevalsrc=0.12*sin(2*PI*880*t)*lt(mod(t\\,1)\\,0.08):sample_rate=48000:duration=${SECONDS}`,
  },
];

/**
 * Gives the demo network a demonstration that is over, with a published replay. It is computed when the server is up already, with what makes
 * recordings; without that there is none.
 */
export async function addRecordedDemonstration(
  work: Work,
  { recordingsDir }: Pick<Config, 'recordingsDir'>,
  now: Date,
): Promise<void> {
  const until = new Date(now.getTime() + DAY_MS);
  const [open] = await work.read.demonstrations.listBeginning(['enrolling'], now, until);
  if (!open || !(await hasFfmpeg())) return;
  const began = new Date(now.getTime() - DAY_MS);
  const ended = new Date(began.getTime() + SECONDS * 1000);
  const recordingId = randomUUID();
  const folder = join(recordingsDir, recordingId);
  try {
    for (const { source, input } of TRACKS)
      await writeComputedTrack(folder, { source, input, began, accountId: open.surgeonId });
  } catch (err) {
    await rm(folder, { recursive: true, force: true });
    throw err;
  }
  const at = (ms: number) => new Date(began.getTime() + ms).toISOString();
  const demonstration: Demonstration = {
    ...open,
    demonstrationId: randomUUID(),
    state: 'published',
    version: 1,
    title: '胸腔镜肺段切除示教（往期回放）',
    startsAt: began.toISOString(),
    endsAt: ended.toISOString(),
    beganAt: began.toISOString(),
    endedAt: ended.toISOString(),
    enrolmentClosedAt: began.toISOString(),
    changedAt: now.toISOString(),
  };
  const { demonstrationId, surgeonId } = demonstration;
  const deputy = open.seats.find(({ seat }) => seat === 'moderator')?.accountId ?? surgeonId;
  const field = { accountId: surgeonId, source: 'field' as const, label: null };
  const room = { ...field, source: 'room' as const };
  await work.write(async ({ demonstrations, recordings }) => {
    await demonstrations.insert(demonstration);
    const ends = { stoppedAt: ended.toISOString(), sealedAt: null, fault: null };
    await recordings.insert({ recordingId, demonstrationId, startedBy: surgeonId, startedAt: at(0), ...ends });
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
      openedAt: ended.toISOString(),
      publishedBy: deputy,
      publishedAt: ended.toISOString(),
    });
  });
}

/** One track as the sfu leaves it, of what ffmpeg computes; made faster than it lasts. */
export async function writeComputedTrack(
  folder: string,
  { source, input, began, accountId }: { source: TrackFile['source']; input: string; began: Date; accountId: string },
): Promise<void> {
  const track = join(folder, randomUUID());
  const take = join(track, String(began.getTime()));
  await mkdir(take, { recursive: true, mode: 0o700 });
  const kind = source === 'audio' ? 'audio' : 'video';
  const mimeType = kind === 'audio' ? 'audio/opus' : 'video/VP8';
  const about: TrackFile = { accountId, seat: 'theatre', source, label: null, kind, mimeType };
  await writeFile(join(track, TRACK_FILE), JSON.stringify(about), { mode: 0o600 });
  await writeFile(join(take, TAKE_FILE), JSON.stringify({ startedAt: began.toISOString() } satisfies TakeFile), {
    mode: 0o600,
  });
  const codec =
    kind === 'audio'
      ? ['-c:a', 'libopus', '-b:a', '24k']
      : ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '400k', '-g', '24', '-threads', '1'];
  const list = ['-segment_list', join(take, SEGMENTS_FILE), '-segment_list_type', 'csv', '-segment_list_size', '0'];
  const segments = ['-f', 'segment', '-segment_time', '1', '-segment_format', 'webm', ...list, join(take, '%05d.webm')];
  const running = promisify(execFile)('ffmpeg', [
    '-nostdin',
    '-loglevel',
    'error',
    '-f',
    'lavfi',
    '-i',
    input,
    ...codec,
    ...segments,
  ]);
  // Whoever has just started the server wants to see its pages.
  if (running.child.pid !== undefined) setPriority(running.child.pid, constants.priority.PRIORITY_LOW);
  await running;
}
