import assert from 'node:assert/strict';
import sharp from 'sharp';
import { jsonAttributes } from '../../../../server/formats/dicom/json-attributes.ts';
import { drawOverlays } from '../../../../server/formats/image/draw-overlays.ts';
import type { ImageDescription } from '../../../../server/formats/image/image.ts';
import { createPassReader } from '../../../../server/formats/image/pass-facts.ts';
import { renderRgba } from '../../../../server/formats/image/render.ts';
import type { StoredPixels } from '../../../../server/formats/image/stored-pixels.ts';
import {
  createDisplayLut,
  defaultVoi,
  fullRangeWindow,
  grayOf,
  type Voi,
} from '../../../../server/formats/image/window.ts';
import { dataPath } from '../../../support/data.ts';
import { type Decoded, decodeFirst, type Reference, references } from '../../../support/imaging-world.ts';
import { createRandom } from '../../../support/random.ts';

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
  this.timeout(120_000);
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

const gray: ImageDescription = {
  frame: 1,
  numberOfFrames: 1,
  modality: 'CT',
  rows: 1,
  columns: 4,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  pixelRepresentation: 0,
  sampleFormat: 'integer',
  samplesPerPixel: 1,
  photometricInterpretation: 'MONOCHROME2',
  planarConfiguration: 0,
  modalityLut: null,
  rescaleSlope: 1,
  rescaleIntercept: -1024,
  rescaleType: 'HU',
  showsStoredValues: false,
  windows: [],
  voiLuts: [],
  pixelPadding: null,
  palette: null,
  overlays: [],
  onlyOverlays: false,
  calibration: { source: 'none', spacing: null, regions: [] },
  pixelAspectRatio: { vertical: 1, horizontal: 1 },
  imagePositionPatient: null,
  imageOrientationPatient: null,
  sliceThicknessMm: null,
  frameOfReferenceUid: '',
  instanceNumber: null,
  pass: createPassReader(jsonAttributes({}))(1),
  lossyCompressed: false,
  lossyRatios: [],
  lossyMethods: [],
  cine: null,
};

function grayPixels(data: StoredPixels['data']): StoredPixels {
  return { rows: 1, columns: data.length, samplesPerPixel: 1, photometricInterpretation: 'MONOCHROME2', data };
}

describe('windows', () => {
  it('follow PS3.3 C.11.2.1.2.1 to the half and the one', () => {
    // The example in the standard: center 2048, width 4096 maps 0 to 0 and 4095 to 255.
    const voi = { center: 2048, width: 4096, function: 'LINEAR' } as const;
    assert.equal(grayOf(voi, 0), 0);
    assert.equal(grayOf(voi, 4095), 255);
    assert.equal(grayOf(voi, 4096), 255);
    assert.ok(Math.abs(grayOf(voi, 2047.5) - 127.5) < 1e-9);
    // Width 1 is a threshold.
    const threshold = { center: 100, width: 1, function: 'LINEAR' } as const;
    assert.deepEqual(
      [99, 99.5, 99.6, 100].map((value) => grayOf(threshold, value)),
      [0, 0, 255, 255],
    );
  });

  it('know the exact and the sigmoid function', () => {
    const exact = { center: 100, width: 50, function: 'LINEAR_EXACT' } as const;
    assert.deepEqual(
      [75, 100, 125, 126].map((value) => grayOf(exact, value)),
      [0, 127.5, 255, 255],
    );
    const sigmoid = { center: 100, width: 50, function: 'SIGMOID' } as const;
    assert.equal(grayOf(sigmoid, 100), 127.5);
    assert.ok(Math.abs(grayOf(sigmoid, 125) - 255 / (1 + Math.exp(-2))) < 1e-9);
  });

  it('are the same drawn by table as computed value by value', () => {
    for (const photometricInterpretation of ['MONOCHROME1', 'MONOCHROME2']) {
      for (const pixelRepresentation of [0, 1] as const) {
        for (const invert of [false, true]) {
          for (const voi of [
            { center: 40, width: 400, function: 'LINEAR' },
            { center: 40.5, width: 1, function: 'LINEAR' },
            { center: -600, width: 1500, function: 'LINEAR_EXACT' },
            { center: 300, width: 2000, function: 'SIGMOID' },
          ] as const) {
            const image = { ...gray, photometricInterpretation, pixelRepresentation, rescaleSlope: 1.5 };
            const range = pixelRepresentation === 1 ? { min: -2048, max: 2047 } : { min: 0, max: 4095 };
            const { firstStored, grays } = createDisplayLut(image, voi, invert, range);
            const upsideDown = (photometricInterpretation === 'MONOCHROME1') !== invert;
            assert.equal(grays.length, 4096);
            const rounded = Uint8ClampedArray.from(grays, (_, index) => {
              const expected = grayOf(voi, (firstStored + index) * 1.5 - 1024);
              return upsideDown ? 255 - expected : expected;
            });
            assert.deepEqual(grays, rounded);
          }
        }
      }
    }
  });

  it('are drawn for the values that a frame holds, of whatever type and range its samples are', () => {
    const random = createRandom(11).next;
    const between = (least: number, most: number) => Math.floor(least + random() * (most - least + 1));
    const frames = [
      Uint8Array.from({ length: 300 }, () => between(3, 250)),
      Int8Array.from({ length: 300 }, () => between(-128, 127)),
      Uint16Array.from({ length: 300 }, () => between(0, 65_535)),
      Int16Array.from({ length: 300 }, () => between(-32_768, 32_767)),
      Int16Array.from({ length: 300 }, () => between(-1024, 976)),
      Int32Array.from({ length: 300 }, () => between(-70_000, -69_000)),
      Uint32Array.from({ length: 300 }, () => between(4_294_900_000, 4_294_967_295)),
      Int32Array.from({ length: 300 }, () => between(-2_000_000, 2_000_000)),
      Uint16Array.of(7),
    ];
    for (const data of frames) {
      for (const run of [1, 2, 3]) {
        const voi = {
          center: (data[0] ?? 0) * 0.75 - 1024 + between(-300, 300),
          width: between(2, 3000),
          function: (['LINEAR', 'LINEAR_EXACT', 'SIGMOID'] as const)[run - 1] ?? 'LINEAR',
        };
        const image = { ...gray, bitsStored: 8, rescaleSlope: 0.75 };
        const expected = Uint8ClampedArray.from(data, (stored) => grayOf(voi, stored * 0.75 - 1024));
        const drawn = renderRgba(grayPixels(data), image, voi, false);
        assert.deepEqual(
          drawn.filter((_, at) => at % 4 === 0),
          expected,
          `${data.constructor.name} from ${Math.min(...data)} to ${Math.max(...data)}, ${voi.function}`,
        );
      }
    }
  });

  it('turn black and white around for MONOCHROME1 and for invert, and back for both', () => {
    const pixels = grayPixels(Uint16Array.of(0, 1024, 2048, 4095));
    const voi = { center: 1024, width: 4096, function: 'LINEAR' } as const;
    const draw = (photometricInterpretation: string, invert: boolean) => [
      ...renderRgba(pixels, { ...gray, photometricInterpretation }, voi, invert),
    ];
    assert.deepEqual(draw('MONOCHROME1', false), draw('MONOCHROME2', true));
    assert.deepEqual(draw('MONOCHROME1', true), draw('MONOCHROME2', false));
    assert.deepEqual(draw('MONOCHROME2', false).slice(0, 4), [0, 0, 0, 255]);
  });

  it('draw values of 32 bits and fractions too', () => {
    const image = { ...gray, bitsAllocated: 32, bitsStored: 32, rescaleIntercept: 0 };
    const pixels = grayPixels(Float32Array.of(0.25, 0.5, 0.75, 1.25));
    const rgba = renderRgba(pixels, image, { center: 0.75, width: 1, function: 'LINEAR_EXACT' }, false);
    assert.deepEqual(
      [0, 4, 8, 12].map((at) => rgba[at]),
      [0, 64, 128, 255],
    );
  });
});
