import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { PersonView } from '../../server/contract/account.ts';
import type { FieldStroke } from '../../server/contract/field-drawing.ts';
import type { ShowingSnapshot } from '../../server/contract/showing.ts';
import { reportFault } from '../api/failures.ts';
import { useLink, useNotice } from '../api/link-context.tsx';
import { useSession } from '../api/session.tsx';
import type { ReviewLink } from '../review/review-link.ts';
import { createShowingLink } from './showing-link.ts';

type Known = Pick<ShowingSnapshot, 'material' | 'presenter' | 'named' | 'mayShow' | 'pictures'> & {
  /** On the live pictures, when this window came in. */
  strokes: readonly FieldStroke[];
};

/** What is shown of a demonstration's pictures, as this window knows it. */
export interface Showing extends Known {
  demonstrationId: string;
  me: PersonView;
  /** For the review panel. */
  link: ReviewLink;
  stop(): void;
}

const NOTHING: Known = { material: null, presenter: null, named: [], mayShow: false, pictures: [], strokes: [] };

/** Follows what is shown from now until the page is left, over any number of lost lines. */
export function useShowing(demonstrationId: string, isOpen: boolean): Showing {
  const link = useLink();
  const { person: me } = useSession();
  const [known, setKnown] = useState(NOTHING);
  const mayShow = useRef(false);
  const take = (snapshot: ShowingSnapshot): void => {
    mayShow.current = snapshot.mayShow;
    const { material, presenter, named, pictures } = snapshot;
    const strokes = snapshot.strokes.map(({ ageMs, ...one }) => ({ ...one, drawnAtMs: Date.now() - ageMs }));
    setKnown({ material, presenter, named, pictures, strokes, mayShow: snapshot.mayShow });
  };
  // The marks are the review's: here none of them is needed.
  const open = (): void => {
    const input = { demonstrationId, sinceRevision: Number.MAX_SAFE_INTEGER };
    link.request('showing:open', input).then(take, reportFault);
  };
  const onConnect = useEffectEvent(open);
  useEffect(() => {
    if (!isOpen) return undefined;
    const stop = link.onConnect(() => onConnect());
    return () => {
      stop();
      setKnown(NOTHING);
      // Where the line is down the server forgets the window by itself.
      link.request('showing:close', { demonstrationId }).catch(() => undefined);
    };
  }, [link, demonstrationId, isOpen]);
  useNotice('showing:changed', ({ demonstrationId: of, material, presenter, named }) => {
    if (of !== demonstrationId) return;
    const isNamedIn = (people: PersonView[]) => people.some(({ accountId }) => accountId === me.accountId);
    setKnown({ ...known, material, presenter, named });
    // What one may show is another list, or one may show no more.
    if (known.mayShow || isNamedIn(named) !== isNamedIn(known.named)) open();
  });
  const reviewLink = useMemo(
    () => createShowingLink(link, demonstrationId, () => mayShow.current),
    [link, demonstrationId],
  );
  const stop = () => void link.request('showing:stop', { demonstrationId }).catch(reportFault);
  return { ...known, demonstrationId, me, link: reviewLink, stop };
}
