import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SEGMENTS_FILE, TAKE_FILE, type TakeFile, TRACK_FILE, type TrackFile } from '../../sfu/recorder/files.ts';

export const COMPUTED_SECONDS = 24;

/** Two instruments over tissue, a room, and a monitor's beep: an operation that nobody ever had. */
export const COMPUTED_TRACKS: { source: TrackFile['source']; input: string }[] = [
  {
    source: 'field',
    input: [
      `gradients=size=640x360:rate=12:c0=0x8c2f2b:c1=0x5e1414:c2=0xc0645a:c3=0xa3423a:n=4:speed=0.02:duration=${COMPUTED_SECONDS}`,
      'format=yuv420p',
      "drawbox=x='260+90*sin(t)':y='40+30*cos(t*1.3)':w=14:h=220:color=0xb8bec4:t=fill",
      "drawbox=x='380-70*sin(t*0.8)':y=120:w=12:h=240:color=0x9aa1a8:t=fill",
    ].join(','),
  },
  {
    source: 'room',
    input: [
      `color=c=0x33474d:size=320x180:rate=6:duration=${COMPUTED_SECONDS}`,
      'drawbox=x=90:y=100:w=140:h=36:color=0x6f8f8a:t=fill',
      "drawbox=x='60+6*sin(t)':y=50:w=26:h=80:color=0x2e6b66:t=fill",
      "drawbox=x='232+6*cos(t*0.7)':y=54:w=26:h=80:color=0x2e6b66:t=fill",
    ].join(','),
  },
  {
    source: 'audio',
    input: `aevalsrc=0.12*sin(2*PI*880*t)*lt(mod(t\\,1)\\,0.08):sample_rate=48000:duration=${COMPUTED_SECONDS}`,
  },
];

interface ComputedTrack {
  source: TrackFile['source'];
  /** In the words of ffmpeg's lavfi. */
  input: string;
  began: Date;
  accountId: string;
  /** Ends ffmpeg too. */
  signal?: AbortSignal;
}

/** One track as the sfu leaves it, of what ffmpeg computes; made faster than it lasts. */
export async function writeComputedTrack(
  folder: string,
  { source, input, began, accountId, signal }: ComputedTrack,
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
  const args = [['-nostdin', '-loglevel', 'error', '-f', 'lavfi', '-i', input], codec, segments].flat();
  const running = promisify(execFile)('ffmpeg', args, { ...(signal ? { signal } : {}), killSignal: 'SIGKILL' });
  // Whoever has just started the server wants to see its pages.
  if (running.child.pid !== undefined) setPriority(running.child.pid, constants.priority.PRIORITY_LOW);
  await running;
}
