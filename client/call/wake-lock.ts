/** The part of `navigator` that is needed: Screen Wake Lock, sections 5 and 6. Absent before Firefox 126 and on insecure pages. */
type Waking = Pick<WakeLock, 'request'> | undefined;

/**
 * Keeps the screen on. The system takes the lock back whenever the window is hidden, so it is asked for again when it is seen; where the system
 * refuses (a low battery), the screen goes dark as ever.
 */
export function keepAwake(
  waking: Waking = navigator.wakeLock,
  page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'> = document,
): { close(): void } {
  let held: WakeLockSentinel | undefined;
  let asking = false;
  let closed = false;
  const acquire = async () => {
    if (!waking || asking || closed || page.visibilityState !== 'visible' || (held && !held.released)) return;
    asking = true;
    try {
      held = await waking.request('screen');
      if (closed) await held.release();
    } catch {
      // Refused just now; the next time the window is seen it is asked for again.
    } finally {
      asking = false;
    }
  };
  const onVisibility = () => void acquire();
  page.addEventListener('visibilitychange', onVisibility);
  void acquire();
  return {
    close() {
      closed = true;
      page.removeEventListener('visibilitychange', onVisibility);
      held?.release().catch(() => {});
    },
  };
}
