import { useEffect, useRef, useState } from 'react';
import { type ChosenFile, chosenByDrop } from './chosen-files.ts';
import { type Findings, groupFiles } from './grouping.ts';
import { inspectInWorker } from './inspect-in-worker.ts';

/** What has become of the files that were chosen last. */
export type Selection =
  | { kind: 'none' }
  | { kind: 'listing' }
  | { kind: 'reading'; done: number; total: number }
  | { kind: 'found'; findings: Findings }
  | { kind: 'empty' }
  | { kind: 'failed' };

export interface Selecting {
  selection: Selection;
  choose(files: ChosenFile[]): void;
  /** Call it inside the drop event's handler. */
  drop(items: DataTransferItemList): void;
  discard(): void;
}

/** Reads chosen files in the background; choosing anew, discarding or leaving the page ends a reading. */
export function useSelection(): Selecting {
  const [selection, setSelection] = useState<Selection>({ kind: 'none' });
  const reading = useRef<AbortController>(undefined);
  useEffect(() => () => reading.current?.abort(), []);

  async function read(choosing: Promise<ChosenFile[]>, unreadable: string[]): Promise<void> {
    reading.current?.abort();
    const abort = new AbortController();
    reading.current = abort;
    const show = (next: Selection) => {
      if (!abort.signal.aborted) setSelection(next);
    };
    try {
      show({ kind: 'listing' });
      const files = await choosing;
      if (files.length === 0 && unreadable.length === 0) return show({ kind: 'empty' });
      const total = files.length;
      show({ kind: 'reading', done: 0, total });
      const inspected = await inspectInWorker(files, (done) => show({ kind: 'reading', done, total }), abort.signal);
      const findings = groupFiles(inspected);
      const lost = unreadable.map((path) => ({ path, reason: 'unreadable' as const }));
      show({ kind: 'found', findings: { ...findings, leftOut: [...findings.leftOut, ...lost] } });
    } catch (thrown) {
      if (abort.signal.aborted) return;
      reportError(thrown);
      show({ kind: 'failed' });
    }
  }

  return {
    selection,
    choose: (files) => void read(Promise.resolve(files), []),
    drop(items) {
      const unreadable: string[] = [];
      void read(
        chosenByDrop(items, (path) => unreadable.push(path)),
        unreadable,
      );
    },
    discard() {
      reading.current?.abort();
      setSelection({ kind: 'none' });
    },
  };
}
