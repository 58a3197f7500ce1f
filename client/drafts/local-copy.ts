import { onInterruption } from '../api/interruptions.ts';

/** What was typed and is not on the server yet, with the state it was typed on. */
export interface Unsaved<T> {
  value: T;
  base: T;
  /** Versions that were sent and never answered for: the server may have any of them. */
  unanswered: T[];
}

/** A draft's copy in this browser: written with every change, gone once the server has it. */
export interface LocalCopy<T> {
  find(): Unsaved<T> | undefined;
  /** @returns false where the browser keeps nothing (full, or in a private mode). */
  keep(unsaved: Unsaved<T>): boolean;
  clear(): void;
}

const PREFIX = 'huizhen.draft.';

/**
 * In localStorage, because writing there is done when the call returns: a crash a moment later loses nothing.
 * `parse` decides whether what is found still is a draft of today's form.
 */
export function localCopy<T>(
  accountId: string,
  kind: 'application' | 'opinion',
  consultationId: string,
  parse: (stored: unknown) => T | undefined,
): LocalCopy<T> {
  const key = `${PREFIX}${accountId}.${kind}.${consultationId}`;
  return {
    find() {
      const stored = parseJson(localStorage.getItem(key));
      if (typeof stored !== 'object' || stored === null) return undefined;
      const { value, base, unanswered } = stored as Record<string, unknown>;
      const draft = parse(value);
      const typedOn = parse(base);
      if (draft === undefined || typedOn === undefined || !Array.isArray(unanswered)) return undefined;
      return { value: draft, base: typedOn, unanswered: unanswered.flatMap((one) => parse(one) ?? []) };
    },
    keep(unsaved) {
      try {
        localStorage.setItem(key, JSON.stringify(unsaved));
        return true;
      } catch {
        return false;
      }
    },
    clear: () => localStorage.removeItem(key),
  };
}

/**
 * From now on, whoever signs out of a shared computer leaves nothing of a patient behind; after an expired session the
 * copies wait. Belongs to the shell: the person may sign out on a page that knows no drafts. Returns what ends it.
 */
export function forgetDraftsOnSignOut(): () => void {
  return onInterruption((interruption) => {
    if (interruption.kind !== 'session-ended' || interruption.reason !== 'signed-out') return;
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  });
}

function parseJson(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
