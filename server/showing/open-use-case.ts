import type { Asked } from '../access/asked.ts';
import type { Read } from '../archive/access-log.ts';
import type { ShowingSnapshot } from '../contract/index.ts';
import { getShowing } from './access.ts';
import type { ShowingParts, ShowingWindow } from './parts.ts';
import { regainLead } from './presenter-lost.ts';
import { shownOf } from './showable.ts';
import { listMarksOn, toShowingView } from './view.ts';

export interface OpenParts extends ShowingParts {
  /** Writes a read down, of one person and one demonstration once in ten minutes. */
  recordRead(asked: Asked, read: Read): Promise<void>;
}

/**
 * The window hears of what is shown from now on, and learns how it stands: everything above `sinceRevision`.
 * @param strokes what is drawn on the live pictures now
 */
export async function openShowing(
  parts: OpenParts,
  asked: Asked,
  window: ShowingWindow,
  { demonstrationId, sinceRevision }: { demonstrationId: string; sinceRevision: number },
  strokes: (demonstrationId: string) => Promise<ShowingSnapshot['strokes']>,
): Promise<ShowingSnapshot> {
  const { read } = parts.work;
  const first = await getShowing(parts, read, asked, demonstrationId);
  await parts.recordRead(asked, {
    basis: 'demonstration',
    subjectKind: 'showing',
    subjectId: demonstrationId,
    consultationId: first.demonstration.consultationId,
  });
  const wasIn = window.isIn(demonstrationId);
  // First in the room, then the reading: what changes in between arrives as a notice.
  window.enter(demonstrationId, first.mayShow);
  try {
    if (first.mayShow) await regainLead(parts, asked, window, first.showing);
    await parts.stream.flush(demonstrationId);
    const { demonstration, showing, mayShow } = await getShowing(parts, read, asked, demonstrationId);
    if (mayShow !== first.mayShow) window.enter(demonstrationId, mayShow);
    // Not as it was a second ago: on another server it may have been changed since.
    const showables = await parts.showables.list(read, demonstration);
    const view = await toShowingView(read, showing, showables);
    // Read before the marks: one that comes in between is told twice rather than missed.
    const revision = await read.showings.lastRevision(demonstrationId);
    // Of a picture that is not shown only those hear who may show it.
    const seen = mayShow ? showables : shownOf(showables, showing);
    return {
      ...view,
      peerId: window.peerId,
      mayShow,
      pictures: mayShow ? showables.map(({ material }) => material) : [],
      viewport: view.material ? showing.viewport : null,
      revision,
      marks: await listMarksOn(read, demonstrationId, seen, sinceRevision),
      strokes: await strokes(demonstrationId),
    };
  } catch (err) {
    if (!wasIn) window.leave(demonstrationId);
    throw err;
  }
}
