import type { Slide, SlideFormat } from '../slide.ts';
import type { TiffPage } from './page.ts';

/** From a phase plate's 100× to what a flatbed scanner gives; beyond, the number is no microscope's. */
const FINEST_UM = 0.01;
const COARSEST_UM = 20;

export type Scale = Pick<Slide, 'umPerPixel' | 'objectivePower'> & { format: SlideFormat };

/** What a level 0 page says about its size and origin. */
export function readScale({ description, resolution }: TiffPage): Scale {
  if (/^Aperio\b/.test(description)) {
    const um = aperioNumber(description, 'MPP');
    return { format: 'aperio', umPerPixel: plausible(um, um), objectivePower: aperioNumber(description, 'AppMag') };
  }
  if (/<OME[\s>]/.test(description)) {
    const umPerPixel = plausible(omeSize(description, 'X'), omeSize(description, 'Y'));
    return { format: 'ome-tiff', umPerPixel, objectivePower: omePower(description) };
  }
  // Without a unit, or as 72 or 300 dots an inch, it is a printer's and not the slide's.
  const known = resolution !== null && resolution.unit !== 1;
  const umPerPixel = known ? plausible(10_000 / resolution.x, 10_000 / resolution.y) : null;
  return { format: 'tiff', umPerPixel, objectivePower: null };
}

function plausible(x: number | null, y: number | null): Slide['umPerPixel'] {
  const isLength = (um: number | null) => um !== null && um >= FINEST_UM && um <= COARSEST_UM;
  return x !== null && y !== null && isLength(x) && isLength(y) ? { x, y } : null;
}

/** `…|AppMag = 20|MPP = 0.4990|…` */
function aperioNumber(description: string, name: string): number | null {
  const [, text] = new RegExp(`\\|\\s*${name}\\s*=\\s*([0-9.]{1,20})\\s*(?:\\||$)`).exec(description) ?? [];
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : null;
}

/** OME-XML gives micrometres where no unit is named; entities as its writers use them. */
const OME_UNITS = new Map([
  ['µm', 1],
  ['μm', 1],
  ['&#181;m', 1],
  ['&#xB5;m', 1],
  ['nm', 0.001],
  ['mm', 1000],
]);

function omeSize(description: string, axis: 'X' | 'Y'): number | null {
  const [pixels = ''] = /<(?:\w+:)?Pixels\s[^>]{0,4096}>/.exec(description) ?? [];
  const value = Number(attribute(pixels, `PhysicalSize${axis}`));
  const unit = OME_UNITS.get(attribute(pixels, `PhysicalSize${axis}Unit`) ?? 'µm');
  return Number.isFinite(value) && unit !== undefined ? value * unit : null;
}

function omePower(description: string): number | null {
  const [objective = ''] = /<(?:\w+:)?Objective\s[^>]{0,4096}>/.exec(description) ?? [];
  const value = Number(attribute(objective, 'NominalMagnification'));
  return Number.isFinite(value) && value > 0 ? value : null;
}

function attribute(element: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]{0,64})"`).exec(element)?.[1];
}
