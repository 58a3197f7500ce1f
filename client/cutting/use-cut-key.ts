import { useEffect, useEffectEvent } from 'react';
import { isTyping } from '../call/call-keys.ts';

/** Held for so long it is meant: a sleeve that brushes the keyboard cuts nobody off. */
const HELD_MS = 300;

/** The space bar, held, cuts. Held on a button it does not press that as well. */
export function useCutKey(onCut: () => void): void {
  const cut = useEffectEvent(onCut);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let hasCut = false;
    const down = (event: KeyboardEvent) => {
      const { target } = event;
      // Nothing is typed into a box that is ticked.
      const isBox = target instanceof HTMLInputElement && ['checkbox', 'radio'].includes(target.type);
      if (event.code !== 'Space' || (isBox ? event.repeat : isTyping(event))) return;
      hasCut = false;
      clearTimeout(timer);
      timer = setTimeout(() => {
        hasCut = true;
        cut();
      }, HELD_MS);
    };
    const up = (event: KeyboardEvent) => {
      if (event.code !== 'Space') return;
      clearTimeout(timer);
      if (hasCut) event.preventDefault();
      hasCut = false;
    };
    document.addEventListener('keydown', down);
    document.addEventListener('keyup', up, { capture: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener('keydown', down);
      document.removeEventListener('keyup', up, { capture: true });
    };
  }, []);
}
