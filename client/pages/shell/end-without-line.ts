import { useEffect } from 'react';
import { interrupt } from '../../api/interruptions.ts';
import { useLinkState } from '../../api/link-context.tsx';
import { useSession } from '../../api/session.tsx';

/** A computer that slept fires its timers late; looking often makes that a few seconds. */
const LOOK_MS = 1_000;
const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/**
 * Ends the session on the page's own clock while the line is down and nobody can tell that it is over: a patient's data do not
 * stay on a screen that was left. Whoever works on without the line is not idle.
 */
export function EndWithoutLine() {
  const { idleTimeoutS, expiresAt } = useSession();
  const isConnected = useLinkState() === 'connected';
  useEffect(() => {
    if (isConnected) return;
    let usedAt = Date.now();
    const use = () => {
      usedAt = Date.now();
    };
    const timer = setInterval(() => {
      const now = Date.now();
      if (now - usedAt >= idleTimeoutS * 1_000 || now >= Date.parse(expiresAt))
        interrupt({ kind: 'session-ended', reason: 'expired' });
    }, LOOK_MS);
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, use, { passive: true, capture: true });
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, use, { capture: true });
    };
  }, [isConnected, idleTimeoutS, expiresAt]);
  return null;
}
