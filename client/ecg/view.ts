import type { EcgTarget, EcgViewport } from '../../server/contract/ecg.ts';
import { type PaperSetting, SHEET_S, type Sheet } from './paper.ts';
import { fromPaper, toPaper } from './place.ts';
import type { PaperView } from './sheet-view.ts';

export type View = EcgViewport;

export interface Size {
  width: number;
  height: number;
}

/** What a change of view needs to know about what is shown. Sizes in canvas pixels. */
export interface Scene {
  sheet: Sheet;
  size: Size;
  /** Where the last sheet of the record may begin. */
  lastStartS: number;
}

/** Left free around a sheet that is fitted. */
const MARGIN_MM = 2;
const MAX_DEVICE_PX_PER_MM = 80;
/** At the smallest the fitted sheet takes this part of the window. */
const MIN_FIT = 0.2;

export const USUAL: PaperSetting = { layout: '3x4+1', speedMmPerS: 25, gainMmPerMv: 10 };

export function settingOf({ layout, speedMmPerS, gainMmPerMv }: View): PaperSetting {
  return { layout, speedMmPerS, gainMmPerMv };
}

/** About what a sheet of twelve leads takes, for as long as nobody knows its leads. */
const ABOUT_A_SHEET = { center: { x: 135, y: 90 }, paperMmPerScreenHeight: 190 };

/** The first sheet of a group; {@link fitView} gives it its place. */
export function firstSheet(target: EcgTarget, setting: PaperSetting): View {
  return { target, startS: 0, ...setting, ...ABOUT_A_SHEET };
}

/**
 * Where the sheet lies on a canvas. Its corner is put on a whole pixel: the grid does not flicker while it is dragged, and
 * nothing moves by more than half a pixel.
 */
export function paperViewOf({ center, paperMmPerScreenHeight }: View, { width, height }: Size): PaperView {
  const devicePxPerMm = height / paperMmPerScreenHeight;
  return {
    devicePxPerMm,
    leftPx: Math.round(width / 2 - center.x * devicePxPerMm),
    topPx: Math.round(height / 2 - center.y * devicePxPerMm),
    widthPx: width,
    heightPx: height,
  };
}

/** The whole sheet. */
export function fitView(view: View, { sheet, size }: Scene): View {
  const heightMm = sheet.heightMm + 2 * MARGIN_MM;
  const widthMm = sheet.widthMm + 2 * MARGIN_MM;
  const forWidth = size.width === 0 ? 0 : (widthMm * size.height) / size.width;
  return {
    ...view,
    center: { x: sheet.widthMm / 2, y: sheet.heightMm / 2 },
    paperMmPerScreenHeight: Math.max(heightMm, forWidth),
  };
}

export function isFitted(view: View, scene: Scene): boolean {
  const { center, paperMmPerScreenHeight } = fitView(view, scene);
  return (
    view.center.x === center.x && view.center.y === center.y && view.paperMmPerScreenHeight === paperMmPerScreenHeight
  );
}

/** At so many canvas pixels a millimetre: true size where the screen has so many. What is in the middle stays there. */
export function atScale(view: View, { sheet, size }: Scene, devicePxPerMm: number): View {
  return within({ ...view, paperMmPerScreenHeight: size.height / devicePxPerMm }, sheet);
}

/** Larger by the factor; the place of the sheet under `at` (canvas pixels) stays there. */
export function zoomAt(view: View, scene: Scene, factor: number, at: { x: number; y: number }): View {
  const { size, sheet } = scene;
  const wanted = view.paperMmPerScreenHeight / factor;
  const widest = fitView(view, scene).paperMmPerScreenHeight / MIN_FIT;
  const paperMmPerScreenHeight = Math.min(Math.max(wanted, size.height / MAX_DEVICE_PX_PER_MM), widest);
  // From the view itself, not from where rounding put the sheet: a drag zooms a hundred times, and rounding would add up.
  const mmPerPx = (view.paperMmPerScreenHeight - paperMmPerScreenHeight) / size.height;
  const center = {
    x: view.center.x + (at.x - size.width / 2) * mmPerPx,
    y: view.center.y + (at.y - size.height / 2) * mmPerPx,
  };
  return within({ ...view, paperMmPerScreenHeight, center }, sheet);
}

export function panBy(view: View, { sheet, size }: Scene, dx: number, dy: number): View {
  const mmPerPx = view.paperMmPerScreenHeight / size.height;
  return within({ ...view, center: { x: view.center.x - dx * mmPerPx, y: view.center.y - dy * mmPerPx } }, sheet);
}

/** The middle of the window stays over the sheet: it cannot be lost. */
function within(view: View, { widthMm, heightMm }: Sheet): View {
  const bound = (value: number, end: number): number => Math.min(Math.max(value, 0), end);
  return { ...view, center: { x: bound(view.center.x, widthMm), y: bound(view.center.y, heightMm) } };
}

/** On in time: the record under the paper, then, where that has come to its end, the part of the sheet in the window. */
export function scrollBy(view: View, { sheet, size, lastStartS }: Scene, seconds: number): View {
  const startS = Math.min(Math.max(view.startS + seconds, 0), lastStartS);
  const leftS = seconds - (startS - view.startS);
  const halfMm = (view.paperMmPerScreenHeight * size.width) / size.height / 2;
  // A sheet that is seen in its full width stays where it is.
  if (halfMm * 2 >= sheet.widthMm) return { ...view, startS };
  const wantedMm = view.center.x + leftS * view.speedMmPerS;
  const edgeMm = leftS > 0 ? sheet.widthMm - halfMm : halfMm;
  const x =
    leftS > 0
      ? Math.max(view.center.x, Math.min(wantedMm, edgeMm))
      : Math.min(view.center.x, Math.max(wantedMm, edgeMm));
  return { ...view, startS, center: { ...view.center, x } };
}

/** To the next (or, −1, the previous) full ten seconds; the last sheet ends with the record. */
export function pageBy(view: View, { lastStartS }: Pick<Scene, 'lastStartS'>, pages: 1 | -1): View {
  const page = view.startS / SHEET_S;
  const next = pages === 1 ? Math.floor(page + 1e-9) + 1 : Math.ceil(page - 1e-9) - 1;
  return { ...view, startS: Math.min(Math.max(next * SHEET_S, 0), lastStartS) };
}

/** Another setting; what lay in the middle of the window lies there again. */
export function onPaper(
  view: View,
  setting: PaperSetting,
  { before, after }: { before: Sheet; after: Sheet },
  leadCount: number,
): View {
  const point = fromPaper(before, { xMm: view.center.x, yMm: view.center.y }, leadCount);
  const place = point && toPaper(after, point, leadCount);
  return within({ ...view, ...setting, center: place ? { x: place.xMm, y: place.yMm } : view.center }, after);
}
