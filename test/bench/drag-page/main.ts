import { core } from '../../../client/imaging/cornerstone/core.ts';
import { createFrameImage } from '../../../client/imaging/cornerstone/image.ts';
import type { EnabledElement, Image } from '../../../client/imaging/cornerstone/types.ts';
import { toCoreViewport } from '../../../client/imaging/cornerstone/viewport.ts';
import { createSeries } from '../../../client/imaging/library.ts';
import { imageToCanvas } from '../../../client/imaging/transform.ts';
import { initialView, pixelAspectOf } from '../../../client/imaging/view.ts';
import { createSoftwareCanvas } from '../../../client/viewer/sharp-canvas.ts';
import { enhancedCt } from '../../support/enhanced-by-hand.ts';
import { createRandom } from '../../support/random.ts';

declare global {
  interface Window {
    /** A slice of so many pixels a side on a canvas of so many; each window drawn by us and by cornerstone-core's renderer in turn. */
    dragWindow(sidePx: number, canvasPx: number, windows: number): Promise<{ oursMs: number[]; theirsMs: number[] }>;
  }
}

/** Not counted: the compiler and the canvas find their ways. */
const WARM_UP = 20;

window.dragWindow = async (sidePx, canvasPx, windows) => {
  const { slice, image } = sliceOf(sidePx);
  const { canvas, context } = createSoftwareCanvas();
  canvas.width = canvasPx;
  canvas.height = canvasPx;
  document.body.append(canvas);
  const view = initialView(slice, canvas);
  const to = imageToCanvas(view, canvas, pixelAspectOf(slice.description));
  const ours = enabledWith(image, canvas);
  const { render: _ours, ...plain } = image;
  const theirs = enabledWith({ ...plain, minPixelValue: 0, maxPixelValue: 1999 }, canvas);
  const timed = (enabled: EnabledElement, draw: (enabled: EnabledElement) => void, index: number): number => {
    const voi = { center: -300 + index * 2, width: 300 + index * 3, function: 'LINEAR' as const };
    enabled.viewport = toCoreViewport(view, to, canvas, image, { voi, invert: false, overlays: {} });
    const startedMs = performance.now();
    draw(enabled);
    // Only what is read is sure to have been drawn.
    context.getImageData(0, 0, 1, 1);
    return performance.now() - startedMs;
  };
  const oursMs: number[] = [];
  const theirsMs: number[] = [];
  for (let index = 0; index < WARM_UP + windows; index += 1) {
    const own = timed(ours, (enabled) => image.render?.(enabled, false), index);
    const other = timed(theirs, (enabled) => core.renderGrayscaleImage(enabled, false), index);
    if (index >= WARM_UP) {
      oursMs.push(own);
      theirsMs.push(other);
    }
    if (index % 10 === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  canvas.remove();
  return { oursMs, theirsMs };
};

/** A CT slice that holds two thousand values, as most do. */
function sliceOf(sidePx: number) {
  const header = enhancedCt(1);
  for (const tag of ['00280010', '00280011']) header[tag] = { vr: 'US', Value: [sidePx] };
  const [slice] = createSeries({ studyInstanceUid: '1.2', seriesInstanceUid: '1.3' }, [header]).slices;
  if (!slice) throw new Error('no slice');
  const random = createRandom(1);
  const data = Int16Array.from({ length: sidePx * sidePx }, () => random.below(2000));
  const pixels = { rows: sidePx, columns: sidePx, samplesPerPixel: 1, photometricInterpretation: 'MONOCHROME2', data };
  return { slice, image: createFrameImage('huizhen:bench', slice.description, pixels) };
}

function enabledWith(image: Image, canvas: HTMLCanvasElement): EnabledElement {
  return {
    element: document.body,
    canvas,
    image,
    viewport: undefined,
    invalid: true,
    needsRedraw: true,
    options: {},
    layers: [],
    data: {},
    renderingTools: {},
    uuid: '',
  };
}
