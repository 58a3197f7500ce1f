import { useState } from 'react';

const keyOf = (demonstrationId: string) => `huizhen.sound-checked.${demonstrationId}`;

/** Whether the sound was checked for this demonstration in this window: whoever reloads in the middle of an operation has checked it. */
export function useSoundChecked(demonstrationId: string): [boolean, () => void] {
  const [isChecked, setChecked] = useState(() => read(demonstrationId));
  const check = () => {
    setChecked(true);
    try {
      sessionStorage.setItem(keyOf(demonstrationId), '1');
    } catch {
      // A browser that keeps nothing asks again after a reload.
    }
  };
  return [isChecked, check];
}

function read(demonstrationId: string): boolean {
  try {
    return sessionStorage.getItem(keyOf(demonstrationId)) !== null;
  } catch {
    return false;
  }
}
