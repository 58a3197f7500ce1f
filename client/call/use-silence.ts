import { useEffect, useState } from 'react';
import { startLevelMeter } from './level-meter.ts';

/** A person who listens is silent, and their microphone still gives noise; one that gives nothing for so long is muted at the headset. */
const DEAD_AFTER_MS = 20_000;

/** Whether an open microphone gives no signal at all. Null: it is off. */
export function useSilence(track: MediaStreamTrack | null): boolean {
  const [dead, setDead] = useState(false);
  useEffect(() => {
    setDead(false);
    if (!track) return undefined;
    let alive = performance.now();
    const running = startLevelMeter(track, (_, isDead) => {
      if (!isDead) alive = performance.now();
      setDead(performance.now() - alive > DEAD_AFTER_MS);
    });
    return () => running.close();
  }, [track]);
  return dead;
}
