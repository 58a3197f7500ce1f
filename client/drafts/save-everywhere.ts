import { countOnlyOnThisPage, flushOpenDrafts } from './open-drafts.ts';
import type { TextSafe } from './text-safe.ts';
import { findUnsavedTexts, type UnsavedText } from './unsaved-texts.ts';

/** Longer than a save takes on a slow line; a person who wants to go home waits no longer. */
const PATIENCE_MS = 5_000;
const LOOK_AGAIN_MS = 150;

/** The other windows of this browser are asked by name; a browser without it (before Chrome 54) saves by its own pace. */
const channel = globalThis.BroadcastChannel && new BroadcastChannel('huizhen.drafts');
channel?.addEventListener('message', ({ data }) => {
  if (data === 'save') void flushOpenDrafts();
});

/** Saves at once what is typed in this and all other windows of this browser. @returns what the server still has not got. */
export async function saveEverywhere(safe: TextSafe): Promise<{ unsaved: UnsavedText[]; onlyHere: number }> {
  channel?.postMessage('save');
  await Promise.race([flushOpenDrafts(), pause(PATIENCE_MS)]);
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const unsaved = await findUnsavedTexts(safe);
    const onlyHere = countOnlyOnThisPage();
    // What a window left that is gone cannot be saved by waiting.
    const isHopeful = unsaved.some(({ isLeft, kind }) => !isLeft || kind === 'chat');
    if (!isHopeful || performance.now() > until) return { unsaved, onlyHere };
    await pause(LOOK_AGAIN_MS);
  }
}

const pause = (durationMs: number) => new Promise<void>((resolve) => setTimeout(resolve, durationMs));
