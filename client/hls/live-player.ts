import { Failure } from '../../server/contract/failure.ts';
import { failureFromReply } from '../api/failures.ts';
import { createBackoff } from '../line/backoff.ts';
import { type Clock, systemClock } from '../review/clock.ts';
import { fetchLive } from './fetch-live.ts';
import { type LiveFragment, type LivePlaylist, parsePlaylist } from './playlist.ts';

/** H.264 main profile level 3.1, and AAC: what the sfu makes. */
const MEDIA_TYPE = 'video/mp4; codecs="avc1.4d401f,mp4a.40.2"';
const NATIVE_TYPE = 'application/vnd.apple.mpegurl';
const LOOK_EVERY_MS = 1_000;
/** After a refusal, or a fault of the browser's own player. */
const LOOK_AGAIN_MS = 4_000;
/** Begins with so many fragments: with fewer each late one is a stop. */
const FIRST_FRAGMENTS = 2;
/** Where more are missing the line is too slow for all: it goes on with the newest. */
const MOST_MISSING = 3;
/** Further behind it jumps; after a jump so much is left. */
const MOST_BEHIND_S = 9;
const AHEAD_S = 3;
const KEPT_S = 10;
/** A gap that is shorter is stepped over. */
const STEP_S = 0.1;

/** `waiting`: nothing is there yet, or the line is too slow just now. `refused`: the person may not see it now. `impossible`: the server cannot make it. */
export type LiveStanding = 'waiting' | 'playing' | 'refused' | 'impossible' | 'unsupported';

interface LivePlayerParts {
  video: HTMLVideoElement;
  /** Of the playlist. */
  address: string;
  onStanding(standing: LiveStanding): void;
  /** The browser wants a click before it lets sound through. */
  onSilenced(): void;
  clock?: Clock;
}

const hasExtensions = (): boolean => typeof MediaSource !== 'undefined' && MediaSource.isTypeSupported(MEDIA_TYPE);

/** Whether this browser can play it at all. */
export const canPlayLate = (): boolean =>
  hasExtensions() || document.createElement('video').canPlayType(NATIVE_TYPE) !== '';

/** Plays a live demonstration that comes as HLS: by Media Source Extensions, or by the browser itself where it has none (older iPhones). */
export class LivePlayer {
  readonly #parts: LivePlayerParts;
  readonly #ends = new AbortController();
  readonly #clock: Clock;
  readonly #backoff = createBackoff({ firstMs: LOOK_EVERY_MS, longestMs: LOOK_AGAIN_MS });
  #buffer: SourceBuffer | undefined;
  #initUrl: string | undefined;
  #last = -1;

  constructor(parts: LivePlayerParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? systemClock;
    const { video, onStanding } = parts;
    const { signal } = this.#ends;
    video.addEventListener('playing', () => onStanding('playing'), { signal });
    video.addEventListener('waiting', () => onStanding('waiting'), { signal });
    onStanding('waiting');
    if (hasExtensions()) void this.#run();
    else if (video.canPlayType(NATIVE_TYPE)) this.#playNatively();
    else onStanding('unsupported');
  }

  /** After a click of the person the sound comes through. */
  play(): void {
    const { video, onSilenced } = this.#parts;
    video.play().catch((thrown: unknown) => {
      if (!(thrown instanceof Error) || thrown.name !== 'NotAllowedError' || video.muted) return;
      video.muted = true;
      onSilenced();
      this.play();
    });
  }

  /** Nothing of it is shown or heard any more. */
  close(): void {
    this.#ends.abort();
    this.#emptyElement();
  }

  #playNatively(): void {
    const { video, address, onStanding } = this.#parts;
    const { signal } = this.#ends;
    const begin = () => {
      if (signal.aborted) return;
      video.src = address;
      this.play();
    };
    const onFault = () => {
      onStanding('waiting');
      setTimeout(begin, LOOK_AGAIN_MS);
    };
    video.addEventListener('error', onFault, { signal });
    begin();
    void this.#letGo(begin);
  }

  /** The browser's own player keeps what it has loaded: where that was taken back, it begins anew. */
  async #letGo(begin: () => void): Promise<void> {
    const { signal } = this.#ends;
    while (!signal.aborted) {
      await this.#pause(LOOK_EVERY_MS);
      const playlist = await this.#fetchPlaylist().catch((thrown: unknown) => this.#pauseAfter(thrown));
      if (!playlist || signal.aborted) continue;
      if (this.#initUrl !== undefined && playlist.initUrl !== this.#initUrl) {
        this.#emptyElement();
        begin();
      } else this.#initUrl = playlist.initUrl ?? undefined;
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#ends;
    while (!signal.aborted) {
      try {
        const playlist = await this.#fetchPlaylist();
        if (!playlist) {
          this.#emptyElement();
          this.#parts.onStanding('refused');
          await this.#pause(LOOK_AGAIN_MS);
          continue;
        }
        // Another stream has another clock, or what was loaded was taken back: it begins in an element that is empty.
        if (this.#initUrl !== undefined && playlist.initUrl !== this.#initUrl) this.#emptyElement();
        if (this.#initUrl === undefined && playlist.initUrl) await this.#open(playlist.initUrl);
        if (playlist.initUrl) await this.#append(playlist);
      } catch (thrown) {
        // A lost line, a stream that is being made, a fragment that was dropped: what is loaded goes on, and the next look mends it.
        if (!signal.aborted && this.#parts.video.error) this.#emptyElement();
        await this.#pauseAfter(thrown);
        continue;
      }
      await this.#pause(LOOK_EVERY_MS);
    }
  }

  /** undefined: the person may not have it. @throws Error where there is none now */
  async #fetchPlaylist(): Promise<LivePlaylist | undefined> {
    const { address } = this.#parts;
    const playing = this.#initUrl?.slice(this.#initUrl.lastIndexOf('/') + 1);
    const asked = playing === undefined ? address : `${address}?playing=${playing}`;
    const { status, bytes } = await fetchLive(asked, this.#ends.signal, this.#clock);
    if ([401, 403, 404, 409].includes(status)) return undefined;
    const text = new TextDecoder().decode(bytes);
    if (status !== 200) throw failureOf(status, text);
    this.#backoff.reset();
    return parsePlaylist(text, new URL(address, location.href).href);
  }

  async #open(initUrl: string): Promise<void> {
    const { video } = this.#parts;
    const source = new MediaSource();
    const opened = new Promise((resolve) => source.addEventListener('sourceopen', resolve, { once: true }));
    const objectUrl = URL.createObjectURL(source);
    video.src = objectUrl;
    await opened;
    URL.revokeObjectURL(objectUrl);
    this.#buffer = source.addSourceBuffer(MEDIA_TYPE);
    source.duration = Number.POSITIVE_INFINITY;
    await this.#change(await this.#fetchBytes(initUrl));
    this.#initUrl = initUrl;
    this.#last = -1;
  }

  async #append({ fragments }: LivePlaylist): Promise<void> {
    const isFirst = this.#last < 0;
    const missing: LiveFragment[] = fragments.filter(({ number }) => number > this.#last);
    const isTooSlow = missing.length > MOST_MISSING;
    try {
      for (const { url, number } of isFirst || isTooSlow ? missing.slice(-FIRST_FRAGMENTS) : missing) {
        await this.#change(await this.#fetchBytes(url));
        this.#last = number;
        if (!isFirst) this.#keepPace();
      }
    } finally {
      // One that is gone, or takes too long, is no reason to stand still.
      this.#keepPace();
    }
  }

  /** Plays what is there: over gaps, and not far behind. */
  #keepPace(): void {
    const { video } = this.#parts;
    const { buffered, currentTime } = video;
    const last = buffered.length - 1;
    if (last < 0) return;
    const [start, end] = [buffered.start(last), buffered.end(last)];
    if (currentTime < start || end - currentTime > MOST_BEHIND_S)
      video.currentTime = Math.max(start + STEP_S / 2, end - AHEAD_S);
    if (video.paused) this.play();
    const buffer = this.#buffer;
    const oldest = buffered.start(0);
    if (buffer && !buffer.updating && video.currentTime - oldest > 2 * KEPT_S)
      buffer.remove(oldest, video.currentTime - KEPT_S);
  }

  async #fetchBytes(address: string): Promise<ArrayBuffer> {
    const { status, bytes } = await fetchLive(address, this.#ends.signal, this.#clock);
    if (status !== 200) throw new Error(`a fragment was answered ${status}`);
    return bytes;
  }

  async #pauseAfter(thrown: unknown): Promise<void> {
    const { reason, retryAfterS } = thrown instanceof Failure ? thrown : {};
    if (reason === 'media-failed') this.#parts.onStanding('impossible');
    await this.#pause(this.#backoff.nextMs(retryAfterS));
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.#clock.after(ms, resolve));
  }

  async #change(bytes: ArrayBuffer): Promise<void> {
    const { signal } = this.#ends;
    const buffer = this.#buffer;
    if (signal.aborted || !buffer) return;
    if (buffer.updating) await changed(buffer);
    if (signal.aborted) return;
    const done = changed(buffer);
    buffer.appendBuffer(bytes);
    await done;
  }

  #emptyElement(): void {
    const { video } = this.#parts;
    this.#buffer = undefined;
    this.#initUrl = undefined;
    video.removeAttribute('src');
    video.load();
    if (!this.#ends.signal.aborted) this.#parts.onStanding('waiting');
  }
}

/** The body may be a proxy's error page. */
function failureOf(status: number, text: string): Failure {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    answer = undefined;
  }
  return failureFromReply(status, answer);
}

/** @throws Error where the browser cannot take what it was given */
async function changed(buffer: SourceBuffer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const over = new AbortController();
    const { signal } = over;
    const end = (settle: () => void) => () => {
      over.abort();
      settle();
    };
    buffer.addEventListener('updateend', end(resolve), { signal });
    for (const kind of ['error', 'abort'])
      buffer.addEventListener(
        kind,
        end(() => reject(new Error('the browser cannot play a fragment'))),
        { signal },
      );
  });
}
