import { useEffect, useState } from 'react';
import { startLevelMeter } from './level-meter.ts';

/** A person who listens is silent, and their microphone still gives noise; one that gives nothing for so long is muted at the headset. */
const DEAD_AFTER_MS = 20_000;

/** Tells from each look at a microphone whether it has given no signal at all for too long. @param isDead of this look: zeros alone */
export function createSilenceWatch(nowMs: () => number): (isDead: boolean) => boolean {
  let alive = nowMs();
  return (isDead) => {
    if (!isDead) alive = nowMs();
    return nowMs() - alive > DEAD_AFTER_MS;
  };
}

/** Whether an open microphone gives no signal at all. Null: it is off. */
export function useSilence(track: MediaStreamTrack | null): boolean {
  const [dead, setDead] = useState(false);
  useEffect(() => {
    setDead(false);
    if (!track) return undefined;
    const isSilent = createSilenceWatch(() => performance.now());
    const running = startLevelMeter(track, (_, isDead) => setDead(isSilent(isDead)));
    return () => running.close();
  }, [track]);
  return dead;
}
