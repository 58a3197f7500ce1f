import assert from 'node:assert/strict';
import { LivePlayer, type LiveStanding } from '../../../client/hls/live-player.ts';
import { playlistOf } from '../../../server/hls/playlist.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const ADDRESS = 'https://huizhen.example.org/hls/live.m3u8';
const FRAGMENT_S = 2;
const LISTED = 6;

/** What the player uses of a browser: a buffer that holds whole fragments, and an element that plays as far as they go. */
class Ranges {
  list: [number, number][] = [];
  add(start: number): void {
    const last = this.list.at(-1);
    if (last?.[1] === start) last[1] = start + FRAGMENT_S;
    else this.list.push([start, start + FRAGMENT_S]);
  }
  get length(): number {
    return this.list.length;
  }
  start = (index: number) => this.list[index]?.[0] ?? assert.fail();
  end = (index: number) => this.list[index]?.[1] ?? assert.fail();
}

class FakeVideo extends EventTarget {
  buffered = new Ranges();
  currentTime = 0;
  paused = true;
  muted = false;
  error = null;
  src = '';
  play(): Promise<void> {
    this.paused = false;
    return Promise.resolve();
  }
  load(): void {
    this.buffered = new Ranges();
  }
  removeAttribute(): void {
    this.src = '';
  }
}

/** A server that makes a fragment in two seconds and keeps six, at the end of a line of that slowness. */
class Live {
  readonly clock = new VirtualClock();
  readonly video = new FakeVideo();
  readonly standings: LiveStanding[] = [];
  readonly asked: string[] = [];
  stream = 'a';
  refusal: object | null = null;
  /** The first that was not taken back. */
  first = 0;
  /** How long each fragment is on its way; null: for ever. */
  fragmentMs: number | null = 100;
  playlistMs: number | null = 50;

  newest(): number {
    return 100 + Math.floor(this.clock.nowMs() / 1000 / FRAGMENT_S);
  }

  fetch = async (address: string, { signal }: { signal: AbortSignal }): Promise<Response> => {
    const name = address.slice(address.lastIndexOf('/') + 1);
    this.asked.push(name);
    if (name.startsWith('live.m3u8')) {
      await this.#travel(this.playlistMs, signal);
      if (this.refusal) return Response.json(this.refusal, { status: 503 });
      const numbers = Array.from({ length: LISTED }, (_, index) => this.newest() - LISTED + 1 + index);
      const shown = numbers.filter((number) => number >= this.first);
      const fragments = shown.map((number) => ({ name: `${this.stream}-${number}.m4s`, number, beganAt: 'now' }));
      const initName = `${this.stream}-init.mp4`;
      return new Response(
        playlistOf({
          initName,
          streamNumber: 1,
          fragmentMs: FRAGMENT_S * 1000,
          oldestNumber: 0,
          fault: null,
          fragments,
        }),
      );
    }
    const number = Number(/-(\d+)\./.exec(name)?.[1] ?? Number.NaN);
    if (number <= this.newest() - LISTED) return new Response(null, { status: 403 });
    await this.#travel(Number.isNaN(number) ? this.playlistMs : this.fragmentMs, signal);
    return new Response(String(number));
  };

  #travel(ms: number | null, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('given up', 'AbortError')));
      if (ms !== null) this.clock.after(ms, resolve);
    });
  }
}

describe('the player of a live demonstration', () => {
  const before = { ...globalThis } as Record<string, unknown>;
  const made = ['MediaSource', 'fetch', 'location'];
  let live: Live;
  let player: LivePlayer;

  beforeEach(() => {
    live = new Live();
    const { video } = live;
    class FakeBuffer extends EventTarget {
      updating = false;
      appendBuffer(bytes: ArrayBuffer): void {
        const number = Number(new TextDecoder().decode(bytes));
        if (!Number.isNaN(number)) video.buffered.add(number * FRAGMENT_S);
        queueMicrotask(() => this.dispatchEvent(new Event('updateend')));
      }
      remove(from: number, to: number): void {
        video.buffered.list = video.buffered.list.flatMap(([start, end]) =>
          end <= to ? [] : [[start >= from ? Math.max(start, to) : start, end] satisfies [number, number]],
        );
      }
    }
    class FakeSource extends EventTarget {
      static isTypeSupported = () => true;
      duration = 0;
      constructor() {
        super();
        setImmediate(() => this.dispatchEvent(new Event('sourceopen')));
      }
      addSourceBuffer = () => new FakeBuffer();
    }
    Object.assign(globalThis, { MediaSource: FakeSource, fetch: live.fetch, location: { href: ADDRESS } });
    const { createObjectURL, revokeObjectURL } = URL;
    Object.assign(URL, { createObjectURL: () => 'blob:', revokeObjectURL: () => undefined });
    restore = () => Object.assign(URL, { createObjectURL, revokeObjectURL });
    player = new LivePlayer({
      video: video as unknown as HTMLVideoElement,
      address: ADDRESS,
      onStanding: (standing) => live.standings.push(standing),
      onSilenced: () => undefined,
      clock: live.clock,
    });
  });
  let restore = () => {};
  afterEach(() => {
    player.close();
    restore();
    for (const name of made) Object.assign(globalThis, { [name]: before[name] });
  });

  /** Seconds pass in steps in which the element plays what it has. @returns how far it got, jumps as well */
  async function watch(seconds: number): Promise<number> {
    const { video, clock } = live;
    const from = video.currentTime;
    for (let step = 0; step < seconds * 2; step += 1) {
      await clock.pass(500);
      const range = video.buffered.list.find(([start, end]) => start <= video.currentTime && video.currentTime < end);
      if (range && !video.paused) video.currentTime = Math.min(range[1], video.currentTime + 0.5);
    }
    return video.currentTime - from;
  }

  it('goes on by jumps on a line that is slower than what is shown, and keeps no more than some seconds', async () => {
    await watch(10);
    live.fragmentMs = 3_500;
    await watch(60);
    for (let minute = 0; minute < 3; minute += 1) {
      const progressed = await watch(20);
      assert.ok(progressed > 12, `it stands: ${progressed} s in 20`);
    }
    const behind = live.newest() * FRAGMENT_S - live.video.currentTime;
    assert.ok(behind < LISTED * FRAGMENT_S, `${behind} s behind the newest`);
    const held = live.video.buffered.list.reduce((sum, [start, end]) => sum + end - start, 0);
    assert.ok(held <= 30, `${held} s are kept`);
  });

  it('lets go of what it has loaded once that was taken back, before there is anything else', async () => {
    await watch(10);
    assert.ok(live.video.buffered.length > 0);
    live.stream = 'b';
    live.first = live.newest() + 1;
    await watch(1.5);
    assert.equal(live.video.buffered.length, 0);
    await watch(12);
    assert.ok(live.video.buffered.start(0) >= live.first * FRAGMENT_S);
  });

  it('asks no more often than the server wants, and says where it cannot be made at all', async () => {
    live.refusal = {
      code: 'unavailable',
      message: 'no-ffmpeg',
      reason: 'media-failed',
      retryAfterS: 60,
      requestId: '1',
    };
    await watch(50);
    assert.equal(live.standings.at(-1), 'impossible');
    assert.equal(live.asked.length, 1);
    live.refusal = null;
    await watch(20);
    assert.ok(live.video.buffered.length > 0, 'it plays once it is there');
  });

  it('gives a fragment up that does not come, and goes on once the line is back', async () => {
    await watch(10);
    live.fragmentMs = null;
    await watch(12);
    live.fragmentMs = 100;
    await watch(20);
    const behind = live.newest() * FRAGMENT_S - live.video.currentTime;
    assert.ok(behind < LISTED * FRAGMENT_S, `${behind} s behind the newest`);
  });
});
