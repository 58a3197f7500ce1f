import { Failure } from '../contract/index.ts';
import type { VoiFunction, VoiWindow } from '../formats/image/image.ts';
import type { Rendering, SourceRegion } from '../pictures/thread/tasks.ts';

/** What this server draws at most: twice a diagnostic screen of eight megapixels. */
const MAX_SIDE = 8_192;
const MAX_PIXELS = 4_096 * 4_096;
const DEFAULT_QUALITY = 90;
const FUNCTIONS: Record<string, VoiFunction> = {
  linear: 'LINEAR',
  'linear-exact': 'LINEAR_EXACT',
  sigmoid: 'SIGMOID',
};

/**
 * The parameters of PS3.18 section 8.3.5.1 that this server supports: `window`, `viewport`, `quality`.
 * @param size of the image, in its pixels
 * @throws Failure invalid-message
 */
export function parseRendering(
  query: URLSearchParams,
  size: { rows: number; columns: number },
): Pick<Rendering, 'window' | 'viewport' | 'quality'> {
  for (const name of ['annotation', 'iccprofile'])
    if (query.has(name) && query.get(name) !== 'no') throw malformed(name, 'is not supported');
  return {
    window: parseWindow(query.get('window')),
    viewport: parseViewport(query.get('viewport'), size),
    quality: parseQuality(query.get('quality')),
  };
}

function parseWindow(text: string | null): VoiWindow | null {
  if (text === null) return null;
  const [center = Number.NaN, width = Number.NaN] = text.split(',').slice(0, 2).map(numberOf);
  const [, , name = 'linear', ...rest] = text.split(',');
  const shape = FUNCTIONS[name.trim().toLowerCase()];
  const widthFits = shape === 'LINEAR' ? width >= 1 : width > 0;
  if (shape === undefined || rest.length > 0 || !Number.isFinite(center) || !widthFits)
    throw malformed('window', 'is center,width,function with linear, linear-exact or sigmoid');
  return { center, width, function: shape };
}

/** `vw,vh` or `vw,vh,sx,sy,sw,sh`: a negative width or height of the source mirrors it. */
function parseViewport(text: string | null, size: { rows: number; columns: number }): Rendering['viewport'] {
  if (text === null) return null;
  const fields = text.split(',');
  const [width = 0, height = 0] = fields.slice(0, 2).map((field) => (/^\d+$/.test(field) ? Number(field) : 0));
  const isSize = width >= 1 && height >= 1 && width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_PIXELS;
  if (!isSize || (fields.length !== 2 && fields.length !== 6))
    throw malformed('viewport', `is vw,vh or vw,vh,sx,sy,sw,sh, of at most ${MAX_PIXELS} pixels`);
  return { width, height, region: fields.length === 6 ? parseRegion(fields.slice(2), size) : null };
}

function parseRegion(fields: string[], { rows, columns }: { rows: number; columns: number }): SourceRegion {
  const numbers = fields.map((field) => (field.trim() === '' ? undefined : numberOf(field)));
  const [left = 0, top = 0, right = columns, down = rows] = numbers;
  const width = Math.abs(right);
  const height = Math.abs(down);
  const region = {
    left: Math.round(left),
    top: Math.round(top),
    width: Math.round(width),
    height: Math.round(height),
    flipHorizontal: right < 0,
    flipVertical: down < 0,
  };
  const isInside =
    region.left >= 0 &&
    region.top >= 0 &&
    region.width >= 1 &&
    region.height >= 1 &&
    region.left + region.width <= columns &&
    region.top + region.height <= rows;
  if (!isInside) throw malformed('viewport', 'names a source region outside the image');
  return region;
}

function parseQuality(text: string | null): number {
  if (text === null) return DEFAULT_QUALITY;
  const quality = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (quality < 1 || quality > 100) throw malformed('quality', 'is a number from 1 to 100');
  return quality;
}

function numberOf(text: string): number {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(text) ? Number(text) : Number.NaN;
}

function malformed(name: string, what: string): Failure {
  return new Failure('invalid-message', `${name} ${what}`, { fields: [name] });
}
