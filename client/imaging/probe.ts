import i18next from 'i18next';
import type { ImageDescription } from '../../server/formats/image/image.ts';
import { type PixelValue, pixelValueAt } from '../../server/formats/image/pixel-value.ts';
import type { StoredPixels } from '../../server/formats/image/stored-pixels.ts';
import { type Affine, apply, invert } from '../viewer/affine.ts';
import { valueUnit } from './value-unit.ts';

export interface ProbeParts {
  element: HTMLElement;
  /** What is on the canvas now; undefined: nothing at full quality, so that no value is certain. */
  picture(): { pixels: StoredPixels; description: ImageDescription; toCanvas: Affine; pixelRatio: number } | undefined;
  show(text: string): void;
}

export interface Probe {
  /** The picture under the pointer has changed. */
  update(): void;
  dispose(): void;
}

/** Tells the value under the mouse or pen, in the modality's unit. A finger covers what it would tell. */
export function createProbe({ element, picture, show }: ProbeParts): Probe {
  const listening = new AbortController();
  const { signal } = listening;
  let at: { clientX: number; clientY: number } | undefined;

  const update = (): void => {
    show(textAt());
  };
  const textAt = (): string => {
    const shown = at && picture();
    if (!at || !shown) return '';
    const box = element.getBoundingClientRect();
    const { pixels, description, toCanvas, pixelRatio } = shown;
    const point = apply(invert(toCanvas), {
      x: (at.clientX - box.left) * pixelRatio,
      y: (at.clientY - box.top) * pixelRatio,
    });
    const value = pixelValueAt(pixels, description, point);
    return value ? probeText(value, description) : '';
  };
  element.addEventListener(
    'pointermove',
    (event) => {
      at = event.pointerType === 'touch' ? undefined : event;
      update();
    },
    { signal },
  );
  const leave = (): void => {
    at = undefined;
    update();
  };
  element.addEventListener('pointerleave', leave, { signal });
  return { update, dispose: () => listening.abort() };
}

function probeText(found: PixelValue, image: ImageDescription): string {
  if (found.kind === 'padding') return i18next.t('imaging:probe.padding');
  if (found.kind === 'color') return i18next.t('imaging:probe.color', { ...found });
  const value = Number.isInteger(found.value) ? String(found.value) : String(Number(found.value.toPrecision(5)));
  return i18next.t('imaging:probe.value', { value, unit: valueUnit(image) }).trimEnd();
}
