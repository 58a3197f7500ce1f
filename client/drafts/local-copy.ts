import type { TextSafe } from './text-safe.ts';

/** What was typed and is not on the server yet, with the state it was typed on. */
export interface Unsaved<T> {
  value: T;
  base: T;
  /** Versions that were sent and never answered for: the server may have any of them. */
  unanswered: T[];
}

/** What a window that is gone had not saved. It stays in the browser until `forget` is called. */
export interface LeftCopy<T> {
  unsaved: Unsaved<T>;
  forget(): void;
}

/**
 * The copies of one draft in this browser: one a window, written with every change, removed only by the window that wrote
 * it or has taken it over, once the server has the text or the person gives it up.
 */
export interface LocalCopy<T> {
  /** Resolves when it is written; false where the browser keeps nothing (full, in a private mode, or without TLS). */
  keep(unsaved: Unsaved<T>): Promise<boolean>;
  clear(): void;
  /** What windows that are gone, and earlier visits in this one, have left behind. Only while the draft is not open here. */
  takeOver(): Promise<LeftCopy<T>[]>;
  /** Tells what the windows leave behind that are open now, when they go. */
  onLeft(listener: (left: LeftCopy<T>) => void, signal: AbortSignal): void;
}

export type CopyKind = 'application' | 'opinion' | 'chat-line';

export interface CopyOf {
  kind: CopyKind;
  consultationId: string;
  /** For the list of what is not saved. */
  caseNumber: string;
}

export const COPY_PREFIX = 'huizhen.draft.';

/** How often the person has given everything up: what was on its way into the browser then is not written any more. */
let timesGivenUp = 0;
export function giveUpCopies(): void {
  timesGivenUp += 1;
}

/** The part of a key before the window's name; also what the text is encrypted for. */
export const copySubject = (accountId: string, { kind, consultationId }: Omit<CopyOf, 'caseNumber'>): string =>
  `${COPY_PREFIX}${accountId}.${kind}.${consultationId}.`;

/** `parse` decides whether what is found still is a draft of today's form. */
export function localCopy<T>(safe: TextSafe, of: CopyOf, parse: (stored: unknown) => T | undefined): LocalCopy<T> {
  const { storage, secure } = safe;
  if (!secure) return keepsNothing;
  const { seal, windows } = secure;
  const subject = copySubject(safe.accountId, of);
  const ownKey = subject + windows.own;
  const copies = copiesIn(storage, subject);
  let newest = 0;

  async function read(key: string): Promise<LeftCopy<T> | undefined> {
    const text = await seal.open(storage.getItem(key) ?? '', subject);
    const unsaved = parseUnsaved(text, parse);
    return unsaved && { unsaved, forget: () => storage.removeItem(key) };
  }

  return {
    async keep({ value, base, unanswered }) {
      newest += 1;
      const turn = newest;
      const before = timesGivenUp;
      const text = JSON.stringify({ caseNumber: of.caseNumber, value, base, unanswered });
      await windows.held;
      const sealed = await seal.close(text, subject);
      // Something newer is on its way, the server has it all, or it was given up.
      if (turn !== newest || before !== timesGivenUp) return true;
      try {
        storage.setItem(ownKey, sealed);
        return true;
      } catch {
        return false;
      }
    },
    clear() {
      newest += 1;
      storage.removeItem(ownKey);
    },
    async takeOver() {
      const names: string[] = [];
      const take = (key: string) => {
        const name = copies.rename(key, ownKey);
        if (name) names.push(name);
      };
      for (const key of copies.keys()) {
        const window = copies.windowOf(key);
        if (window === windows.own) take(key);
        else await windows.ifGone(window, () => take(key));
      }
      const left = await Promise.all(names.map(read));
      return left.filter((one) => one !== undefined);
    },
    onLeft(listener, signal) {
      const awaited = new Set<string>();
      const take = async (gone: string) => {
        awaited.delete(gone);
        const left = copies.keys().filter((key) => copies.windowOf(key) === gone);
        const names = left.flatMap((key) => copies.rename(key, ownKey) ?? []);
        for (const copy of await Promise.all(names.map(read))) if (copy) listener(copy);
      };
      const lookAround = () => {
        for (const window of copies.keys().map(copies.windowOf)) {
          if (window === windows.own || awaited.has(window)) continue;
          awaited.add(window);
          windows.whenGone(window, () => void take(window), signal);
        }
      };
      lookAround();
      safe.onOthersWrite(lookAround, signal);
    },
  };
}

/** All windows' copies of one draft in this browser, each under its window's name. */
function copiesIn(storage: Storage, subject: string) {
  return {
    keys: () => Object.keys(storage).filter((key) => key.startsWith(subject)),
    windowOf: (key: string) => key.slice(subject.length).split('~')[0] ?? '',
    /** Moves a copy under that window's name. @returns its key, the old one where a full store has no room for both. */
    rename(key: string, ownKey: string): string | undefined {
      const sealed = storage.getItem(key);
      if (sealed === null) return undefined;
      const name = `${ownKey}~${nextTaken()}`;
      try {
        storage.setItem(name, sealed);
      } catch {
        return key;
      }
      storage.removeItem(key);
      return name;
    },
  };
}

/** Numbers what this window takes over, apart from all it has taken over before. */
let taken = 0;
function nextTaken(): number {
  taken += 1;
  return taken;
}

/** For what is not the person's own text alone: nothing of it stays in the browser. */
export const keepsNothing: LocalCopy<never> = {
  keep: async () => false,
  clear: () => {},
  takeOver: async () => [],
  onLeft: () => {},
};

function parseUnsaved<T>(text: string | undefined, parse: (stored: unknown) => T | undefined): Unsaved<T> | undefined {
  if (text === undefined) return undefined;
  const { value, base, unanswered } = JSON.parse(text) as Record<string, unknown>;
  const draft = parse(value);
  const typedOn = parse(base);
  if (draft === undefined || typedOn === undefined || !Array.isArray(unanswered)) return undefined;
  return { value: draft, base: typedOn, unanswered: unanswered.flatMap((one) => parse(one) ?? []) };
}
