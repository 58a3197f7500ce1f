import { hasAt, type ShownTracks, shownAt } from '../../server/contract/program-at.ts';
import type { ReplayTrack, ReplayView } from '../../server/contract/recording.ts';
import { ReplayClock } from './replay-clock.ts';
import { gapsOf, nextContent, type PlannedSegment, planSegments } from './segment-plan.ts';
import { TrackPlayer } from './track-player.ts';

/** What the page draws. */
export interface ReplayStanding {
  atMs: number;
  isPlaying: boolean;
  isWaiting: boolean;
  rate: number;
  shown: ShownTracks;
  /** The picture that is to be shown has nothing now: it was cut off, or not sent. */
  isDark: boolean;
  failure: unknown;
}

const TICK_MS = 100;
/** A gap in everything that is longer is skipped. */
const SKIP_MS = 1_500;
/** Nearer, one is at a moment already. */
const LEAP_MS = 1_500;

export interface PlayerParts {
  tell(standing: ReplayStanding): void;
  /** Whether what is seen beside picture and sound is here; left out: there is nothing. */
  isReady?(atMs: number): boolean;
}

/** Plays all tracks of a replay by one clock: the pictures that were on air, and every voice. */
export class ReplayPlayer {
  readonly durationMs: number;
  /** Where no picture of the theatre was sent, or it was cut off. */
  readonly darkMs: readonly [fromMs: number, toMs: number][];
  readonly #view: ReplayView;
  readonly #beganMs: number;
  readonly #plans: Map<string, PlannedSegment[]>;
  readonly #clock = new ReplayClock();
  readonly #players = new Map<string, TrackPlayer>();
  readonly #parts: PlayerParts;
  readonly #ticking: number;
  #isPlaying = false;
  #chosen: string | undefined;
  #failure: unknown;

  constructor(demonstrationId: string, view: ReplayView, parts: PlayerParts) {
    this.#view = view;
    this.#parts = parts;
    this.#beganMs = Date.parse(view.fromAt);
    this.durationMs = Math.max(0, Date.parse(view.toAt) - this.#beganMs);
    this.#plans = new Map(
      view.tracks.map((track) => [track.trackId, planSegments(demonstrationId, view.fromAt, track)]),
    );
    const ofTheatre = view.tracks.filter(({ kind, seat }) => kind === 'video' && seat === 'theatre');
    this.darkMs = gapsOf(
      ofTheatre.map(({ trackId }) => this.#plans.get(trackId) ?? []),
      { durationMs: this.durationMs, leastMs: SKIP_MS },
    );
    this.#ticking = window.setInterval(() => this.#tick(), TICK_MS);
    this.#tick();
  }

  /** The element of a track has come, or gone. */
  attach(track: ReplayTrack, element: HTMLMediaElement | null): void {
    this.#players.get(track.trackId)?.close();
    this.#players.delete(track.trackId);
    if (!element) return;
    const onFailure = (cause: unknown) => {
      this.#failure = cause;
      this.pause();
    };
    const plan = this.#plans.get(track.trackId) ?? [];
    this.#players.set(track.trackId, new TrackPlayer(element, plan, track.mediaType, onFailure));
  }

  get rate(): number {
    return this.#clock.rate;
  }

  play(): void {
    if (this.#clock.atMs >= this.durationMs) this.#clock.goTo(0);
    this.#failure = undefined;
    this.#isPlaying = true;
    this.#tick();
  }

  pause(): void {
    this.#isPlaying = false;
    this.#tick();
  }

  toggle(): void {
    if (this.#isPlaying) this.pause();
    else this.play();
  }

  seek(atMs: number): void {
    this.#failure = undefined;
    this.#clock.goTo(Math.min(atMs, this.durationMs));
    this.#tick();
  }

  step(byMs: number): void {
    this.seek(this.#clock.atMs + byMs);
  }

  /** To the next of these moments, or to the last before the one that it is at. */
  leap(moments: readonly number[], way: 'next' | 'previous'): void {
    const atMs = this.#clock.atMs;
    const to =
      way === 'next'
        ? moments.find((one) => one > atMs + LEAP_MS)
        : (moments.findLast((one) => one < atMs - LEAP_MS) ?? 0);
    if (to !== undefined) this.seek(to);
  }

  setRate(rate: number): void {
    this.#clock.setRate(rate);
    this.#tick();
  }

  /** A picture to look at in place of what was on air; undefined: what was. */
  choose(trackId: string | undefined): void {
    this.#chosen = trackId;
    this.#tick();
  }

  close(): void {
    window.clearInterval(this.#ticking);
    for (const player of this.#players.values()) player.close();
    this.#players.clear();
  }

  #tick(): void {
    this.#skipGap();
    const atMs = this.#clock.atMs;
    if (atMs >= this.durationMs) this.#isPlaying = false;
    const at = this.#beganMs + atMs;
    const shown = shownAt(this.#view, at, this.#chosen);
    let isWaiting = this.#parts.isReady?.(Math.min(atMs, this.durationMs)) === false;
    for (const track of this.#view.tracks) {
      const player = this.#players.get(track.trackId);
      if (!player) continue;
      const isWanted = track.kind === 'audio' || track === shown.main || track === shown.second;
      if (!isWanted) player.rest();
      else if (player.follow(atMs, this.#clock.rate, this.#isPlaying) === 'waiting') isWaiting = true;
    }
    if (this.#isPlaying && !isWaiting) this.#clock.run();
    else this.#clock.stand();
    this.#parts.tell({
      atMs: Math.min(atMs, this.durationMs),
      isPlaying: this.#isPlaying,
      isWaiting: this.#isPlaying && isWaiting,
      rate: this.#clock.rate,
      shown,
      isDark: !shown.main || !hasAt(shown.main, at),
      failure: this.#failure,
    });
  }

  /** Where nothing at all was recorded nobody waits. */
  #skipGap(): void {
    if (!this.#isPlaying) return;
    const atMs = this.#clock.atMs;
    // What is masked keeps its time: scans may be led through meanwhile.
    if (this.#isMasked(this.#beganMs + atMs)) return;
    const next = nextContent([...this.#plans.values()], atMs);
    if (next === undefined) this.#clock.goTo(this.durationMs);
    else if (next - atMs > SKIP_MS) this.#clock.goTo(next);
  }

  #isMasked(at: number): boolean {
    return this.#view.maskedParts.some(({ fromAt, toAt }) => at >= Date.parse(fromAt) && at < Date.parse(toAt));
  }
}
