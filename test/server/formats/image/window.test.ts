import assert from 'node:assert/strict';
import { renderRgba } from '../../../../server/formats/image/render.ts';
import { createDisplayLut, grayOf } from '../../../../server/formats/image/window.ts';
import { createRandom } from '../../../support/random.ts';
import { gray, grayPixels } from './gray-image.ts';

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
