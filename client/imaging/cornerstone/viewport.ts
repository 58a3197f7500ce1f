import type { ImagingViewport } from '../../../server/contract/imaging.ts';
import type { OverlayData } from '../../../server/formats/image/draw-overlays.ts';
import type { Affine } from '../../viewer/affine.ts';
import { core } from './core.ts';
import type { CanvasSize, Image, Viewport } from './types.ts';

/** How the stored values become colours. The package's own `voi` knows neither functions nor "as the file says". */
export interface Look {
  /** null: the image's own. */
  voi: ImagingViewport['voi'];
  invert: boolean;
  overlays: OverlayData;
}

/** A viewport of the package with what it has no field for. It takes such a field along as it takes its own. */
export interface ImageViewport extends Viewport {
  look: Look;
}

type Turn = Pick<ImagingViewport, 'rotation' | 'flipHorizontal' | 'flipVertical'>;
type Place = Pick<Image, 'columns' | 'rows' | 'columnPixelSpacing' | 'rowPixelSpacing'>;

/**
 * The viewport with which the package puts the image where `to` does, made by `imageToCanvas` for the same turn and canvas. Its
 * scale is canvas pixels in an image pixel's shorter side; its translation moves the image's middle from the canvas's, before scaling.
 * Every field is there, since displayImage keeps what is left out from the image before.
 */
export function toCoreViewport(turn: Turn, to: Affine, canvas: CanvasSize, image: Place, look: Look): ImageViewport {
  const across = Math.hypot(to.a, to.b);
  const down = Math.hypot(to.c, to.d);
  const { columns, rows } = image;
  const x = (to.a * columns + to.c * rows) / 2 + to.e - canvas.width / 2;
  const y = (to.b * columns + to.d * rows) / 2 + to.f - canvas.height / 2;
  const angle = (turn.rotation * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const along = (cos * x + sin * y) / across;
  const athwart = (cos * y - sin * x) / down;
  return {
    scale: image.columnPixelSpacing < image.rowPixelSpacing ? across : down,
    translation: { x: cos * along - sin * athwart, y: sin * along + cos * athwart },
    rotation: turn.rotation,
    hflip: turn.flipHorizontal,
    vflip: turn.flipVertical,
    voi: { windowWidth: look.voi?.width, windowCenter: look.voi?.center },
    invert: look.invert,
    pixelReplication: false,
    labelmap: false,
    modalityLUT: undefined,
    voiLUT: undefined,
    colormap: undefined,
    displayedArea: undefined,
    look,
  };
}

/** From image to canvas pixels, by the package. */
export function transformOf(enabled: Parameters<typeof core.internal.getTransform>[0]): Affine {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = core.internal.getTransform(enabled).m.map(wholeIfNear);
  return { a, b, c, d, e, f };
}

/** A cosine of 90° is 6e-17: without this no picture would be drawn pixel for pixel. */
function wholeIfNear(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) < 1e-9 ? whole : value;
}

export function lookOf(viewport: Viewport | undefined): Look {
  return viewport && isImageViewport(viewport) ? viewport.look : { voi: null, invert: false, overlays: {} };
}

function isImageViewport(viewport: Viewport): viewport is ImageViewport {
  return 'look' in viewport;
}
