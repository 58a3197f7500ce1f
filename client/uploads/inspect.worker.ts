import type { ChosenFile } from './chosen-files.ts';
import { type Inspection, inspectFile } from './inspect.ts';

export interface InspectRequest {
  files: ChosenFile[];
}
/** One answer for each file, in order. */
export interface InspectAnswer {
  path: string;
  inspection: Inspection;
}

// The page's own types are loaded (lib "dom"); a dedicated worker has the same two calls.
addEventListener('message', async (event: MessageEvent<InspectRequest>) => {
  for (const { path, file } of event.data.files) {
    const answer: InspectAnswer = { path, inspection: await inspectFile(file.name, file) };
    postMessage(answer);
  }
});
