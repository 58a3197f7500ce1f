import { GRACE_MS, NOTED_EVERY_MS } from '../demonstrations/attendance.ts';
import type { Logger } from '../runtime/log.ts';
import { repeat } from '../runtime/repeat.ts';
import type { Work } from '../store/stores.ts';

/** This server's windows that are in a demonstration. */
export interface DemonstrationWindows {
  add(windowId: string): void;
  /** Its connection has ended. `isLate`: it was silent for a while before that was noticed. */
  lose(windowId: string, isLate: boolean): void;
  close(): Promise<void>;
}

/** Notes every half minute which of them are there, so that a server that dies loses no more, and that one was up. Ends what nobody notes any more. */
export function keepDemonstrationWindows({
  work,
  clock,
  log,
}: {
  work: Work<'demonstrations'>;
  clock: () => Date;
  log: Logger;
}): DemonstrationWindows {
  const windowIds = new Set<string>();
  const note = (ids: readonly string[]) =>
    work.write(({ demonstrations }) => demonstrations.notePresences(ids, clock()));
  const noteAll = async () => {
    if (windowIds.size > 0) await note([...windowIds]);
    const now = clock();
    const lost = new Date(now.getTime() - GRACE_MS);
    await work.write(async ({ demonstrations }) => {
      await demonstrations.endPresencesNotedBefore(lost);
      await demonstrations.noteServed(await demonstrations.listLiveIds(), now, lost);
    });
  };
  // At once: a start that waited would lengthen the time in which nobody could be credited.
  const noting = repeat(noteAll, {
    everyMs: NOTED_EVERY_MS,
    firstAfterMs: 0,
    log,
    what: 'it cannot be noted who is in the demonstrations',
  });
  return {
    add: (windowId) => void windowIds.add(windowId),
    lose(windowId, isLate) {
      if (!windowIds.delete(windowId) || isLate) return;
      note([windowId]).catch((err: unknown) => log.warn({ err }, 'a lost window was not noted'));
    },
    async close() {
      await noting.close();
      // Whoever comes back to another server within the grace was never away.
      await noteAll().catch((err: unknown) => log.warn({ err }, 'the windows were not noted'));
    },
  };
}
