import type { ImagingViewport } from '../../server/contract/imaging.ts';
import type { Point } from '../../server/contract/picture.ts';
import type { VoiWindow } from '../../server/formats/image/image.ts';
import type { Frame } from '../viewer/frame.ts';
import { DRAG_ZOOM_PX } from '../viewer/pointing.ts';
import type { SharpCanvas } from '../viewer/sharp-canvas.ts';
import type { GestureParts, Mode } from './gestures.ts';
import type { Stack } from './stack.ts';
import { draggedWindow, panBy, type Scene, type View, zoomAt } from './view.ts';

/** Scrolling by drag goes through the whole stack in one window's height, within these bounds for a step. */
const MIN_STEP_PX = 3;
const MAX_STEP_PX = 16;

export interface DragsParts {
  screen: SharpCanvas;
  stack: Stack;
  frame: Frame<View, Scene>;
  /** The window to start from; undefined where the picture has none (colour, nothing there yet). */
  window(): VoiWindow | undefined;
}

export type Drags = Pick<GestureParts, 'onStart' | 'onDrag' | 'onEnd' | 'onScroll' | 'onZoom' | 'onPan'>;

/** What each drag does to the view. Every move is counted from where the drag began, so that nothing adds up wrong. */
export function createDrags({ screen, stack, frame, window }: DragsParts): Drags {
  let start: { view: ImagingViewport; index: number; voi: VoiWindow | undefined } | undefined;

  const toCanvas = ({ x, y }: Point): Point => ({ x: x * screen.pixelRatio, y: y * screen.pixelRatio });
  const scrollTo = (index: number, dy: number): void => {
    const count = stack.series?.slices.length ?? 1;
    const stepPx = Math.min(Math.max(screen.element.clientHeight / count, MIN_STEP_PX), MAX_STEP_PX);
    stack.goTo(index + Math.round(dy / stepPx));
  };
  return {
    onStart() {
      const { view, index } = stack;
      start = view && { view, index, voi: window() };
    },
    onDrag(mode: Mode, { from, at }) {
      if (!start) return;
      const { view, index, voi } = start;
      const [dx, dy] = [at.x - from.x, at.y - from.y];
      const moved = toCanvas({ x: dx, y: dy });
      if (mode === 'scroll') scrollTo(index, dy);
      else if (mode === 'window') frame.change((now) => (voi ? { ...now, voi: draggedWindow(voi, dx, dy) } : now));
      else
        frame.change((now, scene) => {
          const zooms = mode === 'zoom';
          const next = zooms
            ? zoomAt(view, scene, Math.exp(-dy / DRAG_ZOOM_PX), toCanvas(from))
            : panBy(view, scene, moved.x, moved.y);
          const { center, imagePixelsPerScreenHeight } = next;
          return zooms ? { ...now, center, imagePixelsPerScreenHeight } : { ...now, center };
        });
    },
    onEnd() {
      start = undefined;
    },
    onScroll: (steps) => stack.goTo(stack.index + steps),
    onZoom: (factor, at) => frame.change((view, scene) => zoomAt(view, scene, factor, toCanvas(at))),
    onPan(dx, dy) {
      const moved = toCanvas({ x: dx, y: dy });
      frame.change((view, scene) => panBy(view, scene, moved.x, moved.y));
    },
  };
}
