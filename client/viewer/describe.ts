import type { Viewport } from '../../server/contract/picture-kinds.ts';
import type { Quality } from '../../server/contract/review.ts';

/**
 * What is on the canvas now, for whoever reads the page: tests, and engineers with a report from a hospital.
 * @param which of the target's fields say what it is.
 */
export function describeSight<V extends Viewport>(
  element: HTMLElement,
  view: V | undefined,
  quality: Quality | undefined,
  which: readonly (keyof V['target'] & string)[],
): void {
  const target: Partial<V['target']> = view?.target ?? {};
  const attributes: Record<string, unknown> = {
    ...Object.fromEntries(which.map((name) => [name, target[name]])),
    quality: quality?.state,
    loadedFrames: quality?.loadedFrames,
    totalFrames: quality?.totalFrames,
    viewport: view && JSON.stringify(view),
  };
  for (const [name, value] of Object.entries(attributes)) {
    const text = value === undefined ? '' : String(value);
    if (element.dataset[name] !== text) element.dataset[name] = text;
  }
}
