import type { ImagingViewport } from '../../server/contract/imaging.ts';
import type { Point } from '../../server/contract/picture.ts';
import type { VoiWindow } from '../../server/formats/image/image.ts';
import type { Stage } from '../review/stage.ts';
import type { Mode } from './gestures.ts';
import type { Stack } from './stack.ts';
import { draggedWindow, panBy, type Scene, zoomAt } from './view.ts';

/** Scrolling by drag goes through the whole stack in one window's height, within these bounds for a step. */
const MIN_STEP_PX = 3;
const MAX_STEP_PX = 16;
/** Dragging up by so many pixels makes it e times as large. */
const ZOOM_PX = 200;

export interface DragsParts {
  stage: Stage;
  stack: Stack;
  scene(): Scene | undefined;
  /** The window to start from; undefined where the picture has none (colour, nothing there yet). */
  window(): VoiWindow | undefined;
}

export interface Drags {
  onStart(mode: Mode, at: Point): void;
  onDrag(mode: Mode, dx: number, dy: number): void;
  onEnd(): void;
  onScroll(steps: number): void;
  onZoom(factor: number, at: Point): void;
  onPan(dx: number, dy: number): void;
}

/** What each drag does to the view. Every move is counted from where the drag began, so that nothing adds up wrong. */
export function createDrags({ stage, stack, scene, window }: DragsParts): Drags {
  let start: { view: ImagingViewport; index: number; at: Point; voi: VoiWindow | undefined } | undefined;

  const set = (view: ImagingViewport): void => stack.setView(view, 'user');
  const toCanvas = ({ x, y }: Point): Point => ({ x: x * stage.pixelRatio, y: y * stage.pixelRatio });
  return {
    onStart(_mode, at) {
      const { view, index } = stack;
      start = view && { view, index, at, voi: window() };
    },
    onDrag(mode, dx, dy) {
      const now = scene();
      if (!start || !now || !stack.view) return;
      const { view, index, at, voi } = start;
      const moved = toCanvas({ x: dx, y: dy });
      switch (mode) {
        case 'window':
          if (voi) set({ ...stack.view, voi: draggedWindow(voi, dx, dy) });
          break;
        case 'scroll': {
          const count = stack.series?.slices.length ?? 1;
          const stepPx = Math.min(Math.max(stage.element.clientHeight / count, MIN_STEP_PX), MAX_STEP_PX);
          stack.goTo(index + Math.round(dy / stepPx));
          break;
        }
        case 'pan': {
          const { center } = panBy(view, now, moved.x, moved.y);
          set({ ...stack.view, center });
          break;
        }
        case 'zoom': {
          const { center, imagePixelsPerScreenHeight } = zoomAt(view, now, Math.exp(-dy / ZOOM_PX), toCanvas(at));
          set({ ...stack.view, center, imagePixelsPerScreenHeight });
          break;
        }
      }
    },
    onEnd() {
      start = undefined;
    },
    onScroll: (steps) => stack.goTo(stack.index + steps),
    onZoom(factor, at) {
      const now = scene();
      if (now && stack.view) set(zoomAt(stack.view, now, factor, toCanvas(at)));
    },
    onPan(dx, dy) {
      const now = scene();
      const moved = toCanvas({ x: dx, y: dy });
      if (now && stack.view) set(panBy(stack.view, now, moved.x, moved.y));
    },
  };
}
