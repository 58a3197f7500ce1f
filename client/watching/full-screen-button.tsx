import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react';
import { isTyping } from '../call/call-keys.ts';
import { FullScreenIcon } from '../call/icons.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { isForPictures } from '../showing/own-keys.ts';

const KEY = 'f';

/** Shows what is inside on the full screen and back, by button, by a double click, and by F. */
export function FullScreenButton({ children }: { children: ReactNode }) {
  const t = useTexts();
  const frame = useRef<HTMLDivElement>(null);
  const toggle = () => {
    const isFull = document.fullscreenElement === frame.current;
    // Forbidden by the browser's administration: it stays as it is.
    void (isFull ? document.exitFullscreen() : frame.current?.requestFullscreen())?.catch(() => {});
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== KEY || isTyping(event) || isForPictures(event)) return;
    event.preventDefault();
    toggle();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button and its key do the same.
    <div ref={frame} className="hall-full-frame" onDoubleClick={toggle}>
      {children}
      <button
        type="button"
        className="hall-full"
        aria-label={t('demonstrationHall:fullScreen')}
        title={t('call:key', { label: t('demonstrationHall:fullScreen'), key: KEY.toUpperCase() })}
        onClick={toggle}
      >
        <FullScreenIcon />
      </button>
    </div>
  );
}
