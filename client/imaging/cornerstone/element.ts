import type { Affine } from '../../viewer/affine.ts';
import type { SharpCanvas } from '../../viewer/sharp-canvas.ts';
import { core } from './core.ts';
import { NO_IMAGE } from './image.ts';
import type { CanvasSize, EnabledElement, Image, Viewport } from './types.ts';
import { type ImageViewport, toCoreViewport, transformOf } from './viewport.ts';

/** A sharp canvas as an enabled element of cornerstone-core. */
export interface ViewportElement {
  /** Puts an image there for the next drawing. */
  show(image: Image, viewport: ImageViewport): void;
  showNothing(): void;
  /** There is no image, so no transform. */
  readonly isEmpty: boolean;
  /** From image to canvas pixels, as the next drawing will have it. */
  transform(): Affine;
  /** Draws with the browser's next frame, however often it is asked. */
  schedule(): void;
  /** Draws now, as where the canvas has just got another size. */
  draw(): void;
  dispose(): void;
}

export interface ViewportElementParts {
  sharp: SharpCanvas;
  /** A drawing begins: the last moment to show something else. */
  onPrepare(): void;
  /** The image has been drawn; whatever stands around it follows. */
  onRendered(): void;
}

const UPRIGHT = { rotation: 0, flipHorizontal: false, flipVertical: false };
const PLAIN = { voi: null, invert: false, overlays: {} };

/**
 * Enables the canvas without the package's `enable`, which resizes the canvas to CSS pixels and then asks for a frame for ever.
 * Whatever in the package marks the element for drawing asks for one frame here; while nothing changes there is none.
 */
export function createViewportElement({ sharp, onPrepare, onRendered }: ViewportElementParts): ViewportElement {
  const { element, canvas } = sharp;
  canvas.classList.add('cornerstone-canvas');
  let frame: number | undefined;
  let drawing = false;
  /** A series may still arrive for a viewer that is gone; the package throws for an element that it does not know. */
  let disposed = false;

  const schedule = (): void => {
    if (!drawing) frame ??= requestAnimationFrame(draw);
  };
  const enabled = enabledElementOf(sharp, schedule);
  const draw = (): void => {
    if (disposed) return;
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    drawing = true;
    try {
      core.triggerEvent(element, core.EVENTS.PRE_RENDER, { enabledElement: enabled });
      enabled.image.render?.(enabled, enabled.invalid);
      enabled.invalid = false;
      enabled.needsRedraw = false;
    } finally {
      drawing = false;
    }
    const { image, viewport } = enabled;
    const detail = { enabledElement: enabled, element, image, viewport, canvasContext: sharp.context };
    core.triggerEvent(element, core.EVENTS.IMAGE_RENDERED, detail);
  };
  const show = (image: Image, viewport: ImageViewport): void => {
    if (disposed) return;
    if (enabled.image === image) core.setViewport(element, viewport);
    else core.displayImage(element, image, viewport);
  };
  element.addEventListener(core.EVENTS.PRE_RENDER, onPrepare);
  element.addEventListener(core.EVENTS.IMAGE_RENDERED, onRendered);
  core.addEnabledElement(enabled);
  core.triggerEvent(core.events, core.EVENTS.ELEMENT_ENABLED, enabled);
  return {
    show,
    showNothing: () => show(NO_IMAGE, emptyViewport(canvas)),
    get isEmpty() {
      return disposed || enabled.image === NO_IMAGE;
    },
    transform: () => transformOf(enabled),
    schedule() {
      if (!disposed) core.updateImage(element);
    },
    draw,
    dispose() {
      disposed = true;
      if (frame !== undefined) cancelAnimationFrame(frame);
      element.removeEventListener(core.EVENTS.PRE_RENDER, onPrepare);
      element.removeEventListener(core.EVENTS.IMAGE_RENDERED, onRendered);
      core.disable(element);
    },
  };
}

type Enabled = EnabledElement & { image: Image; viewport: Viewport };

/** @param onMarked the package, or we, want it drawn */
function enabledElementOf({ element, canvas }: SharpCanvas, onMarked: () => void): Enabled {
  let needsRedraw = false;
  return {
    element,
    canvas,
    image: NO_IMAGE,
    viewport: emptyViewport(canvas),
    invalid: true,
    get needsRedraw() {
      return needsRedraw;
    },
    set needsRedraw(next) {
      needsRedraw = next;
      if (next) onMarked();
    },
    options: {},
    layers: [],
    data: {},
    renderingTools: {},
    uuid: `viewport-${core.getEnabledElements().length}`,
  };
}

function emptyViewport(canvas: CanvasSize): ImageViewport {
  return toCoreViewport(UPRIGHT, { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }, canvas, NO_IMAGE, PLAIN);
}
