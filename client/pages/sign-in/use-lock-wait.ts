import { useEffect, useState } from 'react';
import type { Failure } from '../../../server/contract/failure.ts';
import { useFormats } from '../../i18n/formats.ts';

/** How long the account stays locked, counting down; undefined where it is not locked (any more). */
export function useLockWait(failure: Failure | undefined): string | undefined {
  const formats = useFormats();
  const [leftS, setLeftS] = useState(0);
  const totalS = failure?.reason === 'account-locked' ? (failure.retryAfterS ?? 0) : 0;
  useEffect(() => {
    const endsAt = Date.now() + totalS * 1000;
    const tick = () => setLeftS(Math.max(0, Math.ceil((endsAt - Date.now()) / 1000)));
    tick();
    if (totalS === 0) return;
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [totalS]);
  return leftS > 0 ? formats.wait(leftS) : undefined;
}
