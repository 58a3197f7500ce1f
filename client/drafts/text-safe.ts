import { createSeal, type Seal } from './seal.ts';
import { createWindowLocks, type WindowLocks } from './window-locks.ts';

/** Where this browser keeps one person's unsaved text. */
export interface TextSafe {
  accountId: string;
  storage: Storage;
  /** Tells whenever another window writes into the store. */
  onOthersWrite(listener: () => void, signal: AbortSignal): void;
  /** undefined where the page was loaded without TLS: then nothing is kept, and the page says so. */
  secure: { seal: Seal; windows: WindowLocks } | undefined;
}

let windows: WindowLocks | undefined;
let opened: { draftKey: string; safe: TextSafe } | undefined;

/** The same one for as long as the person is signed in. */
export function openTextSafe(accountId: string, draftKey: string): TextSafe {
  if (opened?.draftKey === draftKey) return opened.safe;
  const seal = createSeal(draftKey);
  if (navigator.locks) windows ??= createWindowLocks(navigator.locks);
  const safe: TextSafe = {
    accountId,
    storage: localStorage,
    onOthersWrite: (listener, signal) => window.addEventListener('storage', listener, { signal }),
    secure: seal && windows && { seal, windows },
  };
  opened = { draftKey, safe };
  return safe;
}
