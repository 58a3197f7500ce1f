import { useEffect, useState } from 'react';
import type { HallProgram } from '../../server/contract/demonstration-live.ts';
import type { HallState } from './hall-state.ts';
import { findPicture } from './program-tracks.ts';

/** `network`: it lets no media through. `undecodable`: this browser cannot play what is on air as it is sent. `chosen`: by the person. */
export type LateReason = 'network' | 'undecodable' | 'chosen';

/** Whether this browser plays what the page shows late; a page without it shows nothing late. */
export type CanPlayLate = () => boolean;

/** Whether a watcher gets what is on air some seconds late over plain HTTPS, and why; null: live. */
export interface Lateness {
  reason: LateReason | null;
  choose(isLate: boolean): void;
}

/** So long sound and picture may take to come, or to come back. */
const PATIENCE_MS = 7_000;

type LineState = Pick<HallState, 'phase' | 'media' | 'isReceiving'>;

/**
 * Late by itself where the network lets no media through, live again once it does, and where the browser cannot play what is on air as it is
 * sent. Whoever has the word hears the others live.
 */
export function useLateness(
  state: LineState & Pick<HallState, 'mayPublish' | 'people'>,
  program: HallProgram,
  canPlayLate: CanPlayLate | null,
): Lateness {
  /** null: the person has said nothing. */
  const [choice, setChoice] = useState<boolean | null>(null);
  const isNeeded = useIsNeeded(state);
  const hasWord = state.mayPublish.length > 0;
  useEffect(() => {
    if (hasWord) setChoice(null);
  }, [hasWord]);
  const isUndecodable = findPicture(state, program.main)?.track.undecodable === true && canPlayLate?.() === true;
  const reason = reasonOf({ isNeeded, hasWord, isUndecodable, choice });
  return { reason: canPlayLate ? reason : null, choose: setChoice };
}

export function reasonOf({
  isNeeded,
  hasWord,
  isUndecodable,
  choice,
}: {
  isNeeded: boolean;
  hasWord: boolean;
  isUndecodable: boolean;
  choice: boolean | null;
}): LateReason | null {
  if (isNeeded) return 'network';
  if (hasWord) return null;
  if (isUndecodable && choice !== false) return 'undecodable';
  return choice ? 'chosen' : null;
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
