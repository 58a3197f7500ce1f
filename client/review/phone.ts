import { useSyncExternalStore } from 'react';

/** Upright or on its side: there a finger moves the picture to see it, not to show it. */
const phone = window.matchMedia('(max-width: 640px), (max-height: 480px) and (pointer: coarse)');

export const isPhone = (): boolean => phone.matches;

export const usePhone = (): boolean => useSyncExternalStore(onTurn, isPhone);

function onTurn(listener: () => void): () => void {
  phone.addEventListener('change', listener);
  return () => phone.removeEventListener('change', listener);
}
