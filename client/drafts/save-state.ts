import type { Failure } from '../../server/contract/failure.ts';
import type { LeftCopy, LocalCopy } from './local-copy.ts';

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
  /** What earlier windows left unsaved: each is put on top of the draft in turn. */
  left?: LeftCopy<T>[];
  /** Resolves after the time or rejects when aborted. */
  wait(durationMs: number, signal: AbortSignal): Promise<void>;
}
