import type { ChosenFile } from './chosen-files.ts';
import type { InspectedFile } from './grouping.ts';
import type { InspectAnswer, InspectRequest } from './inspect.worker.ts';

/** So many results are handed on together: one at a time would redraw the page for each of thousands of files. */
const REPORT_EVERY_MS = 150;

/**
 * Reads files in a worker, so that the page stays quick on a slow computer. `onProgress` gets what has been read so far.
 * Rejects with the signal's reason when aborted; with an Error when the worker itself cannot run.
 */
export function inspectInWorker(
  files: ChosenFile[],
  onProgress: (readCount: number) => void,
  signal: AbortSignal,
): Promise<InspectedFile[]> {
  if (files.length === 0) return Promise.resolve([]);
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./inspect.worker.ts', import.meta.url), { type: 'module' });
    const inspected: InspectedFile[] = [];
    let reportedAt = 0;
    const end = (settle: () => void) => {
      worker.terminate();
      signal.removeEventListener('abort', abort);
      settle();
    };
    const abort = () => end(() => reject(signal.reason));
    signal.addEventListener('abort', abort);
    worker.addEventListener('error', (event) => end(() => reject(new Error(event.message))));
    worker.addEventListener('message', ({ data }: MessageEvent<InspectAnswer>) => {
      const chosen = files[inspected.length];
      if (chosen) inspected.push({ ...chosen, inspection: data.inspection });
      if (inspected.length === files.length) return end(() => resolve(inspected));
      if (performance.now() - reportedAt < REPORT_EVERY_MS) return;
      reportedAt = performance.now();
      onProgress(inspected.length);
    });
    worker.postMessage({ files } satisfies InspectRequest);
  });
}
