import { useEffect, useState } from 'react';
import type { HallState } from './hall-state.ts';

/** Whether a watcher gets what is on air some seconds late over plain HTTPS, and why; null: live. */
export interface Lateness {
  reason: 'network' | 'chosen' | null;
  choose(isLate: boolean): void;
}

/** So long sound and picture may take to come, or to come back. */
const PATIENCE_MS = 7_000;

type LineState = Pick<HallState, 'phase' | 'media' | 'isReceiving'>;

/**
 * Late by itself where the network lets no media through, live again once it does. Whoever has the word hears the others live.
 * `canBeLate`: the page has something to show late.
 */
export function useLateness(state: LineState & Pick<HallState, 'mayPublish'>, canBeLate: boolean): Lateness {
  const [isChosen, setChosen] = useState(false);
  const isNeeded = useIsNeeded(state);
  const hasWord = state.mayPublish.length > 0;
  useEffect(() => {
    if (hasWord) setChosen(false);
  }, [hasWord]);
  const reason = isNeeded ? 'network' : isChosen && !hasWord ? 'chosen' : null;
  return { reason: canBeLate ? reason : null, choose: setChosen };
}

function useIsNeeded(state: LineState): boolean {
  const [isNeeded, setNeeded] = useState(false);
  const { isReceiving } = state;
  const isStuck = isStuckNow(state);
  useEffect(() => {
    if (isReceiving) setNeeded(false);
  }, [isReceiving]);
  useEffect(() => {
    if (!isStuck) return undefined;
    const timer = setTimeout(() => setNeeded(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isStuck]);
  return isNeeded && !isReceiving;
}

/**
 * On the way in, on the way back, or inside without a path. Inside and idle there is nothing to be seen. What still comes goes on, whether
 * the way to the sfu's signalling is lost or that of the own voice.
 */
export function isStuckNow({ phase, media, isReceiving }: LineState): boolean {
  if (isReceiving) return false;
  if (phase === 'inside') return media === 'connecting' || media === 'interrupted';
  return phase === 'joining' || phase === 'returning';
}
