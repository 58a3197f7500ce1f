import { useEffect, useRef, useState } from 'react';
import type { ReplayView } from '../../server/contract/recording.ts';
import { ReplayPlayer, type ReplayStanding } from './replay-player.ts';

/** The player of a replay, as long as its page is open. */
export function useReplay(
  demonstrationId: string,
  view: ReplayView,
): { player: ReplayPlayer | undefined; standing: ReplayStanding | undefined } {
  const [player, setPlayer] = useState<ReplayPlayer>();
  const [standing, setStanding] = useState<ReplayStanding>();
  const viewRef = useRef(view);
  // Chapters and cut parts are saved while it plays: they change no track.
  useEffect(() => {
    const made = new ReplayPlayer(demonstrationId, viewRef.current, setStanding);
    setPlayer(made);
    return () => made.close();
  }, [demonstrationId]);
  return { player, standing };
}
