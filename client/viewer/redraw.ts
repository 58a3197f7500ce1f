import i18next from 'i18next';

/** Draws with the browser's next frame, however often it is asked, and again where the language changes. */
export interface Redraw {
  schedule(): void;
  /** Before the next painting: a canvas of another size is blank. */
  now(): void;
  dispose(): void;
}

export function createRedraw(draw: () => void): Redraw {
  let frame: number | undefined;
  const cancel = (): void => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
  };
  const now = (): void => {
    cancel();
    draw();
  };
  const schedule = (): void => {
    frame ??= requestAnimationFrame(now);
  };
  i18next.on('languageChanged', schedule);
  return {
    schedule,
    now,
    dispose() {
      cancel();
      i18next.off('languageChanged', schedule);
    },
  };
}
