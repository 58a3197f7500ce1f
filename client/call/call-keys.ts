import { useEffect, useEffectEvent } from 'react';

export const MICROPHONE_KEY = 'm';
export const CAMERA_KEY = 'v';

/** Keys belong to whoever is typing or choosing, and to the browser with Ctrl, Alt or the command key. */
export function isTyping(event: KeyboardEvent): boolean {
  const { target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return true;
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable], [role="menu"], [role="dialog"], dialog') !== null
  );
}

/** M mutes, V turns the camera off, anywhere on the page. */
export function useCallKeys({ onMicrophone, onCamera }: { onMicrophone: () => void; onCamera: () => void }): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isTyping(event)) return;
    const key = event.key.toLowerCase();
    if (key === MICROPHONE_KEY) onMicrophone();
    else if (key === CAMERA_KEY) onCamera();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
