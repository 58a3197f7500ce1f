import type { Asked } from '../access/asked.ts';
import type { Read } from '../archive/access-log.ts';
import type { ShowingSnapshot } from '../contract/index.ts';
import { getShowing } from './access.ts';
import type { ShowingParts, ShowingWindow } from './parts.ts';
import { showableOf } from './showable.ts';
import { nameMarks, toShowingView } from './view.ts';

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
  window.enter(demonstrationId);
  try {
    await parts.stream.flush(demonstrationId);
    const { showing } = await getShowing(parts, read, asked, demonstrationId);
    const showables = await parts.showables.listKept(read, first.demonstration);
    const view = await toShowingView(read, showing, showables);
    // Read before the marks: one that comes in between is told twice rather than missed.
    const revision = await read.showings.lastRevision(demonstrationId);
    // Of a picture that was taken off nothing is told any more.
    const marks = (await read.showings.listMarksSince(demonstrationId, sinceRevision)).filter(
      ({ target }) => showableOf(showables, target) !== undefined,
    );
    return {
      ...view,
      peerId: window.peerId,
      mayShow: first.mayShow,
      pictures: first.mayShow ? showables.map(({ material }) => material) : [],
      viewport: view.material ? showing.viewport : null,
      revision,
      marks: await nameMarks(read, marks),
      strokes: await strokes(demonstrationId),
    };
  } catch (err) {
    if (!wasIn) window.leave(demonstrationId);
    throw err;
  }
}
