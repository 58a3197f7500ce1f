import '../../client/api/lazy-zod.ts';
import { call } from '../../client/api/http.ts';
import type { OutgoingTrack } from '../../client/call/sending.ts';
import { connectSignalling } from '../../client/call/signalling.ts';
import { HallClient } from '../../client/hall/hall-client.ts';
import { systemClock } from '../../client/review/clock.ts';
import { BITS, blockAt, COLOURS, HEIGHT_PX, WIDTH_PX } from './theatre-picture.ts';

/*
 * The operating theatre of a test, in a page of its own: computed pictures, each of one colour with a counter of its frames, and a tone.
 */

export interface TheatrePage {
  enter(demonstrationId: string): Promise<void>;
  phase(): string | undefined;
  /** When each picture of the field was drawn, by its count: milliseconds since 1970. */
  readonly drawnAtMs: readonly number[];
}

declare global {
  interface Window {
    theatre: TheatrePage;
  }
}

/** In the open as often as a camera gives pictures; a page that is not looked at gives fewer. */
const FRAME_MS = 66;

const drawnAtMs: number[] = [];

function picture(colour: string): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH_PX;
  canvas.height = HEIGHT_PX;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  let count = 0;
  const draw = () => {
    context.fillStyle = colour;
    context.fillRect(0, 0, WIDTH_PX, HEIGHT_PX);
    for (let bit = 0; bit < BITS; bit++) {
      const { x, y, size } = blockAt(bit);
      context.fillStyle = count & (1 << bit) ? '#fff' : '#000';
      context.fillRect(x, y, size, size);
    }
    if (colour === COLOURS.field) drawnAtMs[count] = performance.timeOrigin + performance.now();
    count += 1;
  };
  draw();
  setInterval(draw, FRAME_MS);
  const [track] = canvas.captureStream(15).getVideoTracks();
  if (!track) throw new Error('no picture');
  return track;
}

function tone(): MediaStreamTrack {
  const context = new AudioContext();
  const oscillator = context.createOscillator();
  const out = context.createMediaStreamDestination();
  oscillator.frequency.value = 330;
  oscillator.connect(out);
  oscillator.start();
  const [track] = out.stream.getAudioTracks();
  if (!track) throw new Error('no sound');
  return track;
}

const LADDER = [
  { scaleResolutionDownBy: 2, maxBitrate: 200_000 },
  { scaleResolutionDownBy: 1, maxBitrate: 700_000 },
];

/** A test looks at what a page logs as an error. */
async function logged<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    // biome-ignore lint/suspicious/noConsole: that is how it is told.
    console.error(String(thrown), thrown instanceof Error ? thrown.cause : '');
    throw thrown;
  }
}

let client: HallClient | undefined;

window.theatre = {
  drawnAtMs,
  async enter(demonstrationId) {
    const pictures = Object.entries(COLOURS).map(
      ([source, colour]): OutgoingTrack => ({
        key: source,
        source: source as keyof typeof COLOURS,
        label: `${source} 1`,
        track: picture(colour),
        paused: false,
        encode: () => ({ encodings: LADDER }),
      }),
    );
    const sound: OutgoingTrack = { key: 'sound', source: 'audio', track: tone(), paused: false, encode: () => ({}) };
    client = new HallClient({
      fetchTicket: () => logged(call('demonstration:ticket', { params: { demonstrationId } })),
      sending: { tracks: [sound, ...pictures], onState: () => () => {} },
      sessionId: crypto.randomUUID(),
      connect: (parts) => logged(connectSignalling(parts)),
      clock: systemClock,
      onFailure: reportError,
    });
    client.enter();
  },
  phase: () => client?.state.phase,
};
