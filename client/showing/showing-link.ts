import type { Notice, NoticeName, RequestInput, RequestName, RequestReply } from '../../server/contract/messages.ts';
import type { BoardAnnotation, Presenter, ReviewSnapshot } from '../../server/contract/review.ts';
import type { ShownMark } from '../../server/contract/showing.ts';
import type { ReviewLink } from '../review/review-link.ts';
import type { Unsubscribe } from '../viewer/viewer.ts';

/** What of a review goes over the wire, by the names that the review gives it. */
type ReviewRequest = Extract<
  RequestName,
  `${'annotation' | 'review' | 'presenter' | 'viewport' | 'pointer' | 'quality'}:${string}`
>;
type Ask = (input: never, options?: { timeoutMs?: number }) => Promise<unknown>;

/**
 * A demonstration's shown pictures as the shared review sees a case's: the review's case is the demonstration. Whoever presents needs not be asked
 * to hand over, nobody is told who else watches, and how well, and what one draws can be taken back as long as the window is open.
 */
export function createShowingLink(
  link: ReviewLink,
  demonstrationId: string,
  { mayShow, onRights }: { mayShow(): boolean; onRights(listener: () => void): Unsubscribe },
): ReviewLink {
  let version = 0;
  let newest: Presenter | null = null;
  /** Of an answer and a notice that cross the later one holds. */
  const presenterBy = (told: { version: number; presenter: Presenter | null }): Presenter | null => {
    if (told.version >= version) ({ version, presenter: newest } = told);
    return newest;
  };
  const done = async () => ({});
  const asks: Record<ReviewRequest, Ask> = {
    async 'review:open'(): Promise<ReviewSnapshot> {
      // All of them: of those on pictures that were not shown this window has heard nothing.
      const snapshot = await link.request('showing:open', { demonstrationId, sinceRevision: 0 });
      const presenter = presenterBy(snapshot);
      const { peerId, viewport, revision, marks } = snapshot;
      return { peerId, presenter, viewport, revision, peers: [], acts: [], annotations: marks.map(toAnnotation) };
    },
    // Whoever shows the page leaves with the page.
    'review:close': done,
    async 'presenter:ask'() {
      await link.request('showing:present', { demonstrationId });
      return { granted: true };
    },
    'presenter:answer': done,
    'viewport:move': ({ viewport }: RequestInput<'viewport:move'>) =>
      link.request('showing:move', { demonstrationId, viewport }),
    'pointer:move': ({ target, point }: RequestInput<'pointer:move'>) =>
      link.request('showing:point', { demonstrationId, target, point }),
    'quality:report': done,
    'annotation:put': ({ annotationId, target, shape, actId }: RequestInput<'annotation:put'>) =>
      link.request('showing:mark', {
        demonstrationId,
        annotationId,
        mark: { target, shape },
        actId: actId ?? annotationId,
      }),
    'annotation:delete': ({ annotationId, actId }: RequestInput<'annotation:delete'>) =>
      link.request('showing:mark', { demonstrationId, annotationId, mark: null, actId: actId ?? annotationId }),
    'annotation:undo': ({ actId }: RequestInput<'annotation:undo'>) =>
      link.request('showing:step', { demonstrationId, actId, direction: 'undo' }),
    'annotation:redo': ({ actId }: RequestInput<'annotation:redo'>) =>
      link.request('showing:step', { demonstrationId, actId, direction: 'redo' }),
  };
  return {
    request: <N extends RequestName>(name: N, input: RequestInput<N>, options?: { timeoutMs?: number }) =>
      asks[name as ReviewRequest](input as never, options) as Promise<RequestReply<N>>,
    send(name, input) {
      if (!mayShow()) return;
      if (name === 'viewport:move')
        link.send('showing:move', { ...(input as RequestInput<'viewport:move'>), demonstrationId });
      else if (name === 'pointer:move') {
        const { target, point } = input as RequestInput<'pointer:move'>;
        link.send('showing:point', { demonstrationId, target, point });
      }
    },
    on: <N extends NoticeName>(name: N, listener: (notice: Notice<N>) => void) =>
      hear({ link, demonstrationId, presenterBy }, name, listener as (notice: unknown) => void),
    // Who may show from now on is told of marks that others are not told of.
    onConnect: (listener) => both(link.onConnect(listener), onRights(listener)),
    isPartial: () => !mayShow(),
  };
}

const both =
  (...stops: Unsubscribe[]): Unsubscribe =>
  () => {
    for (const stop of stops) stop();
  };

const toAnnotation = ({ demonstrationId, ...mark }: ShownMark): BoardAnnotation => ({
  ...mark,
  consultationId: demonstrationId,
});

interface Heard {
  link: ReviewLink;
  demonstrationId: string;
  presenterBy(told: { version: number; presenter: Presenter | null }): Presenter | null;
}

function hear(
  { link, demonstrationId, presenterBy }: Heard,
  name: NoticeName,
  listener: (notice: unknown) => void,
): () => void {
  const isOurs = (told: { demonstrationId: string }) => told.demonstrationId === demonstrationId;
  const consultationId = demonstrationId;
  switch (name) {
    case 'presenter:changed':
      return link.on('showing:changed', (told) => {
        if (isOurs(told)) listener({ consultationId, presenter: presenterBy(told) });
      });
    case 'viewport:moved':
      return link.on('showing:moved', (told) => {
        if (isOurs(told)) listener({ consultationId, peerId: told.peerId, viewport: told.viewport });
      });
    case 'pointer:moved':
      return link.on('showing:pointed', (told) => {
        if (isOurs(told)) for (const pointer of told.pointers) listener({ ...pointer, consultationId });
      });
    case 'annotation:changed':
      return both(
        link.on('showing:marked', (mark) => {
          if (isOurs(mark)) listener(toAnnotation(mark));
        }),
        link.on('showing:changed', ({ marks }) => {
          for (const mark of marks.filter(isOurs)) listener(toAnnotation(mark));
        }),
      );
    default:
      return () => undefined;
  }
}
