import i18next from 'i18next';
import type { SlideView } from '../../server/contract/pathology.ts';
import type { Point } from '../../server/contract/picture.ts';
import type { Affine, Size } from '../viewer/affine.ts';
import { windowCorners } from './transform.ts';

/** The overview's longer side, CSS pixels, and the part of the window that it may take. */
const SIDE_PX = 190;
const MAX_PART = 0.3;

export interface Navigator {
  /** Another slide. */
  setSlide(slide: SlideView, thumbnail: string): void;
  draw(toCanvas: Affine, size: Size, window: Size): void;
  visible: boolean;
  dispose(): void;
}

/**
 * All of the slide in small, with a frame around what the window shows; a press or a drag brings the window there. An image and
 * one polygon: OpenSeadragon's own would be a second viewer with a second cache.
 */
export function createNavigator(lightbox: HTMLElement, goTo: (center: Point) => void): Navigator {
  const root = document.createElement('div');
  root.className = 'slide-navigator';
  root.dataset['testid'] = 'slide-navigator';
  const image = document.createElement('img');
  image.draggable = false;
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  const halo = document.createElementNS('http://www.w3.org/2000/svg', 'polygon');
  const frame = document.createElementNS('http://www.w3.org/2000/svg', 'polygon');
  halo.setAttribute('class', 'slide-navigator-halo');
  svg.append(halo, frame);
  root.append(image, svg);
  root.hidden = true;
  lightbox.append(root);
  let slide: Size | undefined;
  let visible = true;

  const go = (event: PointerEvent): void => {
    const box = root.getBoundingClientRect();
    if (!slide) return;
    goTo({
      x: ((event.clientX - box.left) / box.width) * slide.width,
      y: ((event.clientY - box.top) / box.height) * slide.height,
    });
  };
  listenToPresses(root, go);

  return {
    get visible() {
      return visible;
    },
    set visible(next) {
      visible = next;
      root.hidden = !visible || !slide;
    },
    setSlide(next, thumbnail) {
      slide = { width: next.width, height: next.height };
      if (image.getAttribute('src') !== thumbnail) image.src = thumbnail;
      root.hidden = !visible;
    },
    draw(toCanvas, size, window) {
      image.alt = i18next.t('pathology:navigator');
      if (!slide || !visible) return;
      const scale =
        Math.min(SIDE_PX, window.width * MAX_PART, window.height * MAX_PART) / Math.max(slide.width, slide.height);
      const [width, height] = [Math.max(8, slide.width * scale), Math.max(8, slide.height * scale)];
      root.style.width = `${width}px`;
      root.style.height = `${height}px`;
      svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
      const places = windowCorners(toCanvas, size).map(
        ({ x, y }) => `${(x * scale).toFixed(1)},${(y * scale).toFixed(1)}`,
      );
      halo.setAttribute('points', places.join(' '));
      frame.setAttribute('points', places.join(' '));
    },
    dispose: () => root.remove(),
  };
}

/** Calls with every event of a press on the element, from its begin to its end. None of it reaches what lies below. */
function listenToPresses(element: HTMLElement, go: (event: PointerEvent) => void): void {
  let pressed: number | undefined;
  element.addEventListener('pointerdown', (event) => {
    // The slide below must not take the same press for a drag of its own.
    event.stopPropagation();
    if (event.button !== 0) return;
    pressed = event.pointerId;
    element.setPointerCapture(event.pointerId);
    go(event);
  });
  element.addEventListener('pointermove', (event) => {
    // A place in the overview is no place on the slide that others should see pointed at.
    event.stopPropagation();
    if (pressed === event.pointerId) go(event);
  });
  const release = (): void => {
    pressed = undefined;
  };
  element.addEventListener('pointerup', release);
  element.addEventListener('pointercancel', release);
}
