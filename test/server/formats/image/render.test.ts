import assert from 'node:assert/strict';
import sharp from 'sharp';
import { drawOverlays } from '../../../../server/formats/image/draw-overlays.ts';
import { renderRgba } from '../../../../server/formats/image/render.ts';
import { defaultVoi, fullRangeWindow, type Voi } from '../../../../server/formats/image/window.ts';
import { dataPath } from '../../../support/data.ts';
import { type Decoded, decodeFirst, type Reference, references } from '../../../support/imaging-world.ts';
import { gray, grayPixels } from './gray-image.ts';

function voiOf({ voi }: NonNullable<Reference['rendered8']>, { image, pixels }: Decoded): Voi | null {
  if (voi === 'first window in file') return image.windows[0] ?? null;
  if (voi === 'VOI LUT') return image.voiLuts[0] ?? null;
  return voi === 'min-max of the frame' ? fullRangeWindow(image, pixels) : null;
}

interface Difference {
  mean: number;
  least: number;
  greatest: number;
}

async function difference(path: string, rgba: Uint8ClampedArray): Promise<Difference> {
  const { data, info } = await sharp(dataPath(path)).raw().toBuffer({ resolveWithObject: true });
  let [sum, least, greatest] = [0, 0, 0];
  for (let pixel = 0; pixel < info.width * info.height; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      const theirs = data[pixel * info.channels + (info.channels >= 3 ? channel : 0)] ?? 0;
      const step = (rgba[pixel * 4 + channel] ?? 0) - theirs;
      sum += step;
      least = Math.min(least, step);
      greatest = Math.max(greatest, step);
    }
  }
  return { mean: sum / (info.width * info.height * 3), least, greatest };
}

function meanOf(rgba: Uint8ClampedArray, channel: number): number {
  let sum = 0;
  for (let at = channel; at < rgba.length; at += 4) sum += rgba[at] ?? 0;
  return sum / (rgba.length / 4);
}

/** Where dcmtk draws something else on purpose or by rounding, and how far that goes. */
const FURTHER = new Map<string, [least: number, greatest: number]>([
  // Slope 5.9e-8: dcmtk's whole-number window makes it black; here it shows.
  ['dicom/lut/pt_signed_jpeg_lossless_rescale.dcm', [0, 255]],
  // Colour conversion in whole numbers there.
  ['dicom/us/us_ybr_full_rle.dcm', [-2, 1]],
  // One count of a lossy decoder more or less is more than a gray at this slope.
  ['dicom/syntax/ctimage_jpeg_extended_51.dcm', [-2, 3]],
  ['dicom/syntax/ctimage_jpeg_spectral_retired_53.dcm', [-2, 3]],
  ['dicom/syntax/ctimage_jpeg_progressive_retired_55.dcm', [-2, 3]],
]);

const samples = references.filter(([path, { rendered8 }]) => {
  // Some of each series do; the slide tiles are checked by their colours elsewhere, and the truncated file is refused.
  const kept = !/series|mr_truncated|dicom-wsi-cmu1/.test(path) || /ct_(008|141)|brain_0[1]|pt_(00|15)\d/.test(path);
  return rendered8 !== undefined && kept;
});

describe('drawing images', function () {
  // Hundreds of images: seconds on an idle machine, more on one that is busy.
  this.timeout(240_000);
  it('is within one gray of dcmtk everywhere, never darker: dcmtk cuts off what is rounded here', async () => {
    let compared = 0;
    for (const [path, { rendered8 }] of samples) {
      if (rendered8?.png === undefined) continue;
      const decoded = await decodeFirst(path);
      const rgba = renderRgba(decoded.pixels, decoded.image, voiOf(rendered8, decoded), false);
      drawOverlays(rgba, decoded.image, decoded.overlays, [255, 255, 255]);
      const found = await difference(rendered8.png, rgba);
      const [least, greatest] = FURTHER.get(path) ?? (rendered8.voi === 'none (colour)' ? [-1, 1] : [0, 1]);
      assert.ok(found.least >= least && found.greatest <= greatest, `${path} ${JSON.stringify(found)}`);
      compared += 1;
    }
    assert.ok(compared > 70, `${compared} compared`);
  });

  it('has the brightness of dcmtk’s picture also where only its mean is kept', async () => {
    for (const [path, { rendered8 }] of samples) {
      if (rendered8 === undefined || rendered8.png !== undefined || FURTHER.has(path)) continue;
      const decoded = await decodeFirst(path);
      const rgba = renderRgba(decoded.pixels, decoded.image, voiOf(rendered8, decoded), false);
      const mean = meanOf(rgba, 0);
      if (rendered8.voi === 'none (colour)') continue;
      assert.ok(mean >= rendered8.mean - 0.05 && mean <= rendered8.mean + 1, `${path} ${mean} ${rendered8.mean}`);
    }
  });

  it('shows a slide in the colours of the tissue, although its header calls them something else', async () => {
    const path = 'pathology/dicom-wsi-cmu1/level-3-frames-0-1.dcm';
    const { image, pixels } = await decodeFirst(path);
    const expected = references.find(([name]) => name === path)?.[1].pixels?.frame0.meanPerChannelByJpegMarkers ?? [];
    assert.equal(expected.length, 3);
    const rgba = renderRgba(pixels, image, null, false);
    const means = [0, 1, 2].map((channel) => meanOf(rgba, channel));
    expected.forEach((mean, n) => {
      assert.ok(Math.abs(mean - (means[n] ?? 0)) < 0.5, `${means}`);
    });
  });

  it('shows the same picture whichever way it was compressed without loss', async () => {
    const [first, ...others] = await Promise.all(
      [
        'explicit_le',
        'explicit_be',
        'deflated',
        'rle',
        'jpeg_lossless_57',
        'jpegls_lossless_80',
        'j2k_lossless_90',
      ].map((name) => decodeFirst(`dicom/syntax/ctimage_${name}.dcm`)),
    );
    assert.ok(first);
    const picture = renderRgba(first.pixels, first.image, null, false);
    for (const { image, pixels } of others) assert.deepEqual(renderRgba(pixels, image, null, false), picture);
  });

  it('uses the file’s window, else its table, else the whole range', async () => {
    const chest = await decodeFirst('dicom/series/ct-chest-lidc0314/ct_141.dcm');
    assert.deepEqual(defaultVoi(chest.image, chest.pixels), {
      center: -450,
      width: 2000,
      function: 'LINEAR',
      explanation: '',
    });
    const table = await decodeFirst('dicom/lut/voi_lut_04.dcm');
    assert.equal(defaultVoi(table.image, table.pixels), table.image.voiLuts[0]);
    // Its header says window 0, width 0.
    const brain = await decodeFirst('dicom/series/mr-brain-axial/brain_010.dcm');
    const voi = defaultVoi(brain.image, brain.pixels);
    assert.ok('width' in voi && voi.width > 100);
    const grays = renderRgba(brain.pixels, brain.image, null, false).filter((_, index) => index % 4 === 0);
    assert.deepEqual([Math.min(...grays.subarray(0, 65536)), Math.max(...grays.subarray(0, 65536))], [0, 255]);
  });

  it('leaves padding out of the range, so that the anatomy keeps its contrast', () => {
    const image = {
      ...gray,
      rescaleIntercept: 0,
      bitsStored: 16,
      pixelRepresentation: 1,
      pixelPadding: { low: -2000, high: -2000 },
    } as const;
    const pixels = grayPixels(Int16Array.of(-2000, 0, 100, -2000));
    assert.deepEqual(fullRangeWindow(image, pixels), { center: 50.5, width: 101, function: 'LINEAR' });
    assert.deepEqual(fullRangeWindow(image, grayPixels(Int16Array.of(-2000, -2000))), {
      center: 0.5,
      width: 1,
      function: 'LINEAR',
    });
  });
});
