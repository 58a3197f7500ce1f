import { useState } from 'react';
import type { FileLabel } from './job.ts';

/** What {@link Sending.confirm} calls the files that belong to no study, by their form. */
export const FILES_CONFIRMED: Record<FileLabel['form'], string> = {
  'slide-file': 'slide-files',
  'document-file': 'document-files',
};

/** What the person wants of what was found: all is sent but what is left out, and mix-ups are confirmed to be none. */
export interface Sending {
  /** By a series' or slide's key. */
  isSent(groupKey: string): boolean;
  send(groupKey: string, send: boolean): void;
  /** Whether the person says that it is this patient's, by a study's key or one of {@link FILES_CONFIRMED}. */
  isConfirmed(key: string): boolean;
  confirm(key: string, confirmed: boolean): void;
}

export function useSending(): Sending {
  const [excluded, setExcluded] = useState<ReadonlySet<string>>(new Set());
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set());
  return {
    isSent: (key) => !excluded.has(key),
    send: (key, send) => setExcluded((before) => toggled(before, key, !send)),
    isConfirmed: (key) => confirmed.has(key),
    confirm: (key, yes) => setConfirmed((before) => toggled(before, key, yes)),
  };
}

function toggled(set: ReadonlySet<string>, key: string, present: boolean): ReadonlySet<string> {
  const next = new Set(set);
  if (present) next.add(key);
  else next.delete(key);
  return next;
}
