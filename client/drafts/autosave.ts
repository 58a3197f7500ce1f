import type { Failure } from '../../server/contract/failure.ts';
import { toFailure } from '../api/failures.ts';
import type { LocalCopy } from './local-copy.ts';
import { mergeDrafts, sameValue } from './merge.ts';

/** A draft as the server has it. */
export interface Saved<T> {
  value: T;
  version: number;
  /** ISO 8601; null: never. */
  savedAt: string | null;
}

export type SaveState<T> =
  | { kind: 'saved'; savedAt: string | null }
  /** Typed, not on its way yet. */
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  /** The line or the server is down; tried again by itself. */
  | { kind: 'retrying'; failure: Failure }
  /** Somebody changed the same fields; nothing is saved until the person has chosen. */
  | { kind: 'conflict'; theirs: Saved<T>; fields: string[] }
  /** Trying again would not help, until something is changed. */
  | { kind: 'refused'; failure: Failure };

export interface DraftSnapshot<T> {
  value: T;
  state: SaveState<T>;
  /** Of what the server has. */
  version: number;
  /** False: this browser keeps nothing, and what is not on the server is on this page alone. */
  keptHere: boolean;
}

export interface AutosaveParts<T> {
  initial: Saved<T>;
  /** @throws Failure */
  save(value: T, version: number): Promise<Saved<T>>;
  /** @throws Failure */
  read(): Promise<Saved<T>>;
  local: LocalCopy<T>;
  /** Resolves after the time or rejects when aborted. */
  wait(durationMs: number, signal: AbortSignal): Promise<void>;
}

/** Long enough not to send every letter, short enough that nobody waits for it. */
const PAUSE_MS = 800;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;
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
  #keptHere = true;

  constructor(parts: AutosaveParts<T>) {
    this.#parts = parts;
    const { value, version, savedAt } = parts.initial;
    this.#value = value;
    this.#base = value;
    this.#version = version;
    this.#savedAt = savedAt;
    this.#state = { kind: 'saved', savedAt };
    this.#snapshot = { value, state: this.#state, version, keptHere: true };
    const unsaved = parts.local.find();
    if (!unsaved) return;
    this.#base = unsaved.base;
    this.#unanswered = unsaved.unanswered;
    this.#value = unsaved.value;
    this.#rebase(parts.initial);
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
    this.#keepLocally();
    const { kind } = this.#state;
    const staysAsItIs = kind === 'conflict' || kind === 'retrying' || kind === 'saving';
    this.#tell(staysAsItIs ? this.#state : { kind: 'unsaved' });
    if (kind !== 'conflict') this.#start();
  }

  /** Saves at once. @returns whether the server has all of it. */
  async flush(): Promise<boolean> {
    const tries = this.#tries;
    this.#hurry = true;
    if (this.#state.kind !== 'conflict' && !this.#isClean()) this.#start();
    this.#nap.abort();
    while (this.#running && !this.#isSettledSince(tries)) await this.#nextTelling();
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

  /** Ends a conflict: what is typed here goes over theirs. */
  keepMine(): void {
    if (this.#state.kind !== 'conflict') return;
    const { merged } = mergeDrafts(this.#base, this.#state.theirs.value, this.#value);
    this.#stand(merged, this.#state.theirs);
  }

  /** Ends a conflict: theirs stays in the fields that both changed; what only this window changed is kept. */
  takeTheirs(): void {
    if (this.#state.kind !== 'conflict') return;
    const { mergedForTheirs } = mergeDrafts(this.#base, this.#state.theirs.value, this.#value);
    this.#stand(mergedForTheirs, this.#state.theirs);
  }

  close(): void {
    this.#closed = true;
    this.#nap.abort();
    this.#listeners.clear();
  }

  /** Puts what is typed here on top of what the server has now. */
  #rebase(saved: Saved<T>): void {
    if (this.#unanswered.some((sent) => sameValue(sent, saved.value))) this.#base = saved.value;
    const { merged, conflicts } = mergeDrafts(this.#base, saved.value, this.#value);
    if (conflicts.length > 0) this.#tell({ kind: 'conflict', theirs: saved, fields: conflicts });
    else this.#stand(merged, saved);
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
    if (!clean) this.#start();
  }

  #isClean(): boolean {
    return sameValue(this.#value, this.#base);
  }

  #keepLocally(): void {
    const { local } = this.#parts;
    if (this.#isClean()) local.clear();
    else this.#keptHere = local.keep({ value: this.#value, base: this.#base, unanswered: this.#unanswered });
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
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      // Typed in the very moment in which the run came to its end.
      if (this.#state.kind === 'unsaved' && !this.#closed) this.#start();
    });
  }

  /** Until the server has everything, the person must choose, or trying is of no use. */
  async #run(): Promise<void> {
    let pauseMs = PAUSE_MS;
    let outages = 0;
    do {
      await this.#pause(pauseMs);
      if (this.#closed) return;
      const failure = await this.#saveOnce();
      this.#tries += 1;
      if (!failure) {
        pauseMs = PAUSE_MS;
        outages = 0;
      } else if (isPassing(failure)) {
        pauseMs = retryAfterMs(failure, outages);
        outages += 1;
        this.#tell({ kind: 'retrying', failure });
      } else return this.#tell({ kind: 'refused', failure });
    } while (!this.#isClean() && this.#state.kind !== 'conflict');
    if (this.#isClean()) this.#tell({ kind: 'saved', savedAt: this.#savedAt });
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
      this.#base = sent;
      this.#version = version;
      this.#savedAt = savedAt;
      this.#unanswered = [];
      this.#keepLocally();
      if (!this.#isClean()) this.#tell({ kind: 'unsaved' });
      return undefined;
    } catch (thrown) {
      const failure = toFailure(thrown);
      if (failure.reason === 'version-outdated') return this.#meetTheirs();
      if (isPassing(failure)) this.#remember(sent);
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

/** Whoever has to sign in again does so on another page; until then it is an outage like any other. */
function isPassing({ code }: Failure): boolean {
  return code === 'unavailable' || code === 'internal' || code === 'rate-limited' || code === 'unauthenticated';
}

function retryAfterMs({ retryAfterS = 0 }: Failure, outages: number): number {
  return Math.max(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** outages), retryAfterS * 1_000);
}
