import { useEffect, useState } from 'react';
import type { HallState } from './hall-state.ts';

/** Whether a watcher gets what is on air some seconds late over plain HTTPS, and why; null: live. */
export interface Lateness {
  reason: 'network' | 'chosen' | null;
  choose(isLate: boolean): void;
}

/** So long sound and picture may take to come, or to come back. */
const PATIENCE_MS = 7_000;

/** Late by itself where the network lets no media through, live again once it does. Whoever has the word hears the others live. */
export function useLateness(state: Pick<HallState, 'phase' | 'media' | 'mayPublish'>): Lateness {
  const [isChosen, setChosen] = useState(false);
  const isNeeded = useIsNeeded(state);
  const hasWord = state.mayPublish.length > 0;
  useEffect(() => {
    if (hasWord) setChosen(false);
  }, [hasWord]);
  return { reason: isNeeded ? 'network' : isChosen && !hasWord ? 'chosen' : null, choose: setChosen };
}

function useIsNeeded(state: Pick<HallState, 'phase' | 'media'>): boolean {
  const [isNeeded, setNeeded] = useState(false);
  const flows = state.phase === 'inside' && state.media === 'flowing';
  const isStuck = isStuckNow(state);
  useEffect(() => {
    if (flows) setNeeded(false);
  }, [flows]);
  useEffect(() => {
    if (!isStuck) return undefined;
    const timer = setTimeout(() => setNeeded(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isStuck]);
  return isNeeded && !flows;
}

/** On the way in, on the way back, or inside without a path. Inside and idle there is nothing to be seen. */
function isStuckNow({ phase, media }: Pick<HallState, 'phase' | 'media'>): boolean {
  if (phase === 'inside') return media === 'connecting' || media === 'interrupted';
  return phase === 'joining' || phase === 'returning';
}
