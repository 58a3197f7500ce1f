import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { PersonView } from '../../server/contract/account.ts';
import type { DemonstrationView } from '../../server/contract/demonstration.ts';
import type { FieldStroke } from '../../server/contract/field-drawing.ts';
import type { ShowingSnapshot } from '../../server/contract/showing.ts';
import { reportFault } from '../api/failures.ts';
import { useLink, useNotice } from '../api/link-context.tsx';
import { useSession } from '../api/session.tsx';
import { systemClock } from '../review/clock.ts';
import { createJoining, type Joining } from '../review/joining.ts';
import type { ReviewLink } from '../review/review-link.ts';
import { createSignal } from '../viewer/signal.ts';
import { createShowingLink } from './showing-link.ts';

type Known = Pick<
  ShowingSnapshot,
  'material' | 'presenter' | 'named' | 'version' | 'showable' | 'mayShow' | 'pictures'
> & {
  /** On the live pictures, when this window came in. */
  strokes: readonly FieldStroke[];
  /** Why this window is not let in. */
  refusal?: unknown;
};

/** What is shown of a demonstration's pictures, as this window knows it. */
export interface Showing extends Known {
  demonstrationId: string;
  me: PersonView;
  /** For the review panel. */
  link: ReviewLink;
  stop(): void;
}

const NOTHING: Known = {
  ...{ material: null, presenter: null, named: [], version: 0, showable: [] },
  ...{ mayShow: false, pictures: [], strokes: [] },
};
/** The marks are the review's: here none of them is needed. */
const NO_MARKS = { revision: Number.MAX_SAFE_INTEGER, hasGap: false };

/** Follows what is shown from now until the page is left, over any number of lost lines. */
export function useShowing({
  demonstrationId,
  actions,
}: Pick<DemonstrationView, 'demonstrationId' | 'actions'>): Showing {
  const isOpen = actions.includes('join-hall');
  /** By the seat that the person has now: the server knows who is named besides. */
  const showsBySeat = actions.includes('show');
  const link = useLink();
  const { person: me } = useSession();
  const [known, setKnown] = useState(NOTHING);
  const mayShow = useRef(false);
  const { current: rights } = useRef(createSignal<void>());
  const take = (snapshot: ShowingSnapshot): void => {
    const isOther = mayShow.current !== snapshot.mayShow;
    mayShow.current = snapshot.mayShow;
    const { material, presenter, named, version, showable, pictures } = snapshot;
    const strokes = snapshot.strokes.map(({ ageMs, ...one }) => ({ ...one, drawnAtMs: Date.now() - ageMs }));
    // What was told since is newer than an answer that was under way.
    setKnown((now) => ({
      ...(version >= now.version ? { material, presenter, named, version, showable } : now),
      ...{ pictures, strokes, mayShow: snapshot.mayShow, refusal: undefined },
    }));
    if (isOther) rights.emit();
  };
  const onSnapshot = useEffectEvent(take);
  const joining = useRef<Joining>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    const way = createJoining<ShowingSnapshot>({
      open: (sinceRevision) => link.request('showing:open', { demonstrationId, sinceRevision }),
      clock: systemClock,
      board: NO_MARKS,
      onSnapshot: (snapshot) => onSnapshot(snapshot),
      onRefused: (refusal) => {
        mayShow.current = false;
        setKnown({ ...NOTHING, refusal });
      },
    });
    joining.current = way;
    const stop = link.onConnect(way.join);
    return () => {
      stop();
      way.stop();
      joining.current = null;
      setKnown(NOTHING);
      // Where the line is down the server forgets the window by itself.
      link.request('showing:close', { demonstrationId }).catch(() => undefined);
    };
  }, [link, demonstrationId, isOpen]);
  const shownBySeat = useRef(showsBySeat);
  useEffect(() => {
    if (shownBySeat.current !== showsBySeat) joining.current?.join();
    shownBySeat.current = showsBySeat;
  }, [showsBySeat]);
  useNotice('showing:changed', ({ demonstrationId: of, material, presenter, named, version, showable }) => {
    if (of !== demonstrationId || version < known.version) return;
    const isNamedIn = (people: PersonView[]) => people.some(({ accountId }) => accountId === me.accountId);
    setKnown((now) => (version < now.version ? now : { ...now, material, presenter, named, version, showable }));
    // What one may show is another list, or one may show no more.
    if (known.mayShow || isNamedIn(named) !== isNamedIn(known.named)) joining.current?.join();
  });
  const reviewLink = useMemo(
    () => createShowingLink(link, demonstrationId, { mayShow: () => mayShow.current, onRights: rights.on }),
    [link, demonstrationId, rights],
  );
  const stop = () => void link.request('showing:stop', { demonstrationId }).catch(reportFault);
  return { ...known, demonstrationId, me, link: reviewLink, stop };
}
