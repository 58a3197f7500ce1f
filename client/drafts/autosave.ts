import type { Failure } from '../../server/contract/failure.ts';
import { isKeptFor } from '../../server/contract/failure-fate.ts';
import { toFailure } from '../api/failures.ts';
import { createBackoff } from '../line/backoff.ts';
import type { LeftCopy } from './local-copy.ts';
import { mergeDrafts, type Side, sameValue } from './merge.ts';
import type { AutosaveParts, DraftSnapshot, Saved, SaveState } from './save-state.ts';

/** Long enough not to send every letter, short enough that nobody waits for it. */
const PAUSE_MS = 800;
const MAX_UNANSWERED = 5;

/**
 * Saves a draft as it is typed: one request at a time, in order, repeated while the line is down, with a copy in this
 * browser until the server has it. What another window changed meanwhile is merged; where both changed the same field the
 * person chooses.
 */
export class Autosave<T> {
  readonly #parts: AutosaveParts<T>;
  readonly #listeners = new Set<() => void>();
  #nap = new AbortController();
  #value: T;
  #base: T;
  #version: number;
  #savedAt: string | null;
  #state: SaveState<T>;
  #snapshot: DraftSnapshot<T>;
  /** Sent without an answer: if the server has one of these, it is this window's own and no other's. */
  #unanswered: T[] = [];
  #running: Promise<void> | undefined;
  /** Ended requests, to tell whether one began after a certain moment. */
  #tries = 0;
  #hurry = false;
  #closed = false;
  #hasSessionEnded = false;
  readonly #closing = new AbortController();
  #keptHere = true;
  /** Of windows that are gone, not yet part of this draft. */
  readonly #left: LeftCopy<T>[];
  /** Part of this draft, and to be forgotten once this window keeps them itself or the server has them. */
  #takenUp: LeftCopy<T>[] = [];

  constructor(parts: AutosaveParts<T>) {
    this.#parts = parts;
    const { value, version, savedAt } = parts.initial;
    this.#value = value;
    this.#base = value;
    this.#version = version;
    this.#savedAt = savedAt;
    this.#state = { kind: 'saved', savedAt };
    this.#snapshot = { value, state: this.#state, version, keptHere: true };
    this.#left = [...(parts.left ?? [])];
    this.#takeUpNext();
    parts.local.onLeft((left) => {
      this.#left.push(left);
      if (this.#state.kind === 'saved') this.#takeUpNext();
    }, this.#closing.signal);
  }

  /** The same object until something changes. */
  get snapshot(): DraftSnapshot<T> {
    return this.#snapshot;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  change(value: T): void {
    if (sameValue(value, this.#value)) return;
    this.#value = value;
    if (this.#state.kind === 'conflict') {
      // What is typed meanwhile may contradict theirs in one more field, or in none any more.
      this.#rebase(this.#state.theirs);
      return;
    }
    this.#keepLocally();
    const { kind } = this.#state;
    const staysAsItIs = kind === 'retrying' || kind === 'saving';
    this.#tell(staysAsItIs ? this.#state : { kind: 'unsaved' });
    this.#start();
  }

  /** Saves at once. @returns whether the server has all of it. */
  async flush(): Promise<boolean> {
    const tries = this.#tries;
    this.#hurry = true;
    if (this.#state.kind !== 'conflict' && !this.#isClean()) this.#start();
    this.#nap.abort();
    while (this.#running && !this.#hasSessionEnded && !this.#isSettledSince(tries)) await this.#nextTelling();
    this.#hurry = false;
    return this.#state.kind === 'saved';
  }

  /** Cuts a wait short: the line is back. */
  retryNow(): void {
    this.#nap.abort();
  }

  /** The server's draft became known by another way. Without a word where nothing is typed; otherwise merged. */
  meet(saved: Saved<T>): void {
    if (saved.version <= this.#version || this.#running || this.#state.kind === 'conflict') return;
    this.#rebase(saved);
  }

  /** Ends a conflict. In each field that both changed the named side stands; what only one window changed is kept. */
  settle(prefer: (path: string) => Side): void {
    if (this.#state.kind !== 'conflict') return;
    const { theirs } = this.#state;
    this.#stand(mergeDrafts(this.#base, theirs.value, this.#value, this.#unanswered, prefer).merged, theirs);
  }

  /** Sends nothing any more. What is typed until the page is gone is still kept in this browser, for its author. */
  endSession(): void {
    this.#hasSessionEnded = true;
    this.#closing.abort();
    this.#nap.abort();
    // Whoever waits for a save waits no longer.
    this.#tell(this.#state);
  }

  close(): void {
    this.endSession();
    this.#closed = true;
    this.#listeners.clear();
  }

  /** Puts what is typed here on top of what the server has now. */
  #rebase(saved: Saved<T>): void {
    const { merged, conflicts } = mergeDrafts(this.#base, saved.value, this.#value, this.#unanswered);
    if (conflicts.length === 0) this.#stand(merged, saved);
    else {
      this.#keepLocally();
      this.#tell({ kind: 'conflict', theirs: saved, fields: conflicts });
    }
  }

  /** Only where all is saved: a copy that another window left is then told from what is typed here. */
  #takeUpNext(): void {
    while (this.#isClean() && this.#state.kind === 'saved') {
      const left = this.#left.shift();
      if (!left) return;
      const saved = { value: this.#base, version: this.#version, savedAt: this.#savedAt };
      this.#takenUp.push(left);
      this.#base = left.unsaved.base;
      this.#unanswered = left.unsaved.unanswered;
      this.#value = left.unsaved.value;
      this.#rebase(saved);
    }
  }

  #stand(value: T, saved: Saved<T>): void {
    this.#value = value;
    this.#base = saved.value;
    this.#version = saved.version;
    this.#savedAt = saved.savedAt;
    this.#unanswered = [];
    this.#keepLocally();
    const clean = this.#isClean();
    this.#tell(clean ? { kind: 'saved', savedAt: saved.savedAt } : { kind: 'unsaved' });
    if (clean) this.#takeUpNext();
    else this.#start();
  }

  #isClean(): boolean {
    return sameValue(this.#value, this.#base);
  }

  #keepLocally(): void {
    // The draft may be open anew in this window, and the copy is that one's now.
    if (this.#closed) return;
    const { local } = this.#parts;
    const held = this.#takenUp;
    const forgetHeld = () => {
      for (const left of held) left.forget();
      this.#takenUp = this.#takenUp.filter((left) => !held.includes(left));
    };
    if (this.#isClean()) {
      local.clear();
      forgetHeld();
      return;
    }
    void local.keep({ value: this.#value, base: this.#base, unanswered: this.#unanswered }).then((isKept) => {
      if (isKept) forgetHeld();
      if (isKept === this.#keptHere) return;
      this.#keptHere = isKept;
      if (!this.#closed) this.#tell(this.#state);
    });
  }

  #tell(state: SaveState<T>): void {
    this.#state = state;
    this.#snapshot = { value: this.#value, state, version: this.#version, keptHere: this.#keptHere };
    for (const listener of this.#listeners) listener();
  }

  #nextTelling(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.subscribe(() => {
        stop();
        resolve();
      });
    });
  }

  #isSettledSince(tries: number): boolean {
    const { kind } = this.#state;
    return (
      kind === 'saved' || kind === 'conflict' || (this.#tries > tries && (kind === 'retrying' || kind === 'refused'))
    );
  }

  #start(): void {
    if (this.#hasSessionEnded) return;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      // Typed in the very moment in which the run came to its end.
      if (this.#state.kind === 'unsaved' && !this.#hasSessionEnded) this.#start();
    });
  }

  /** Until the server has everything, the person must choose, or trying is of no use. */
  async #run(): Promise<void> {
    const backoff = createBackoff({ firstMs: 1_000, longestMs: 15_000 });
    let pauseMs = PAUSE_MS;
    do {
      await this.#pause(pauseMs);
      if (this.#hasSessionEnded) return;
      const failure = await this.#saveOnce();
      if (this.#hasSessionEnded) return;
      this.#tries += 1;
      if (!failure) {
        pauseMs = PAUSE_MS;
        backoff.reset();
      } else if (isKeptFor(failure)) {
        pauseMs = backoff.nextMs(failure.retryAfterS);
        this.#tell({ kind: 'retrying', failure });
      } else return this.#tell({ kind: 'refused', failure });
    } while (!this.#isClean() && this.#state.kind !== 'conflict');
    if (this.#isClean()) this.#tell({ kind: 'saved', savedAt: this.#savedAt });
    this.#takeUpNext();
  }

  async #pause(durationMs: number): Promise<void> {
    if (this.#hurry && this.#state.kind !== 'retrying') return;
    this.#nap = new AbortController();
    // Cut short or not, what comes next is the same.
    await this.#parts.wait(durationMs, this.#nap.signal).catch(() => undefined);
  }

  async #saveOnce(): Promise<Failure | undefined> {
    if (this.#isClean()) return undefined;
    const sent = this.#value;
    this.#tell({ kind: 'saving' });
    try {
      const { version, savedAt } = await this.#parts.save(sent, this.#version);
      // The copy may be a later session's by now.
      if (this.#hasSessionEnded) return undefined;
      this.#base = sent;
      this.#version = version;
      this.#savedAt = savedAt;
      this.#unanswered = [];
      this.#keepLocally();
      if (!this.#isClean()) this.#tell({ kind: 'unsaved' });
      return undefined;
    } catch (thrown) {
      const failure = toFailure(thrown);
      // Nor is it written again by itself: the person may have given it up while signing out.
      if (this.#hasSessionEnded) return failure;
      if (failure.reason === 'version-outdated') return this.#meetTheirs();
      if (isKeptFor(failure)) this.#remember(sent);
      return failure;
    }
  }

  #remember(sent: T): void {
    if (this.#unanswered.some((one) => sameValue(one, sent))) return;
    this.#unanswered = [...this.#unanswered, sent].slice(-MAX_UNANSWERED);
    this.#keepLocally();
  }

  async #meetTheirs(): Promise<Failure | undefined> {
    try {
      this.#rebase(await this.#parts.read());
      return undefined;
    } catch (thrown) {
      return toFailure(thrown);
    }
  }
}
