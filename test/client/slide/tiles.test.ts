import assert from 'node:assert/strict';
import { type Layer, pyramidOf, slideAddress, tileRect } from '../../../client/slide/pyramid.ts';
import { layerFor, tilesInView } from '../../../client/slide/tiles-in-view.ts';
import { slideToCanvas } from '../../../client/slide/transform.ts';
import { apply, invert } from '../../../client/viewer/affine.ts';
import type { SlideView } from '../../../server/contract/pathology.ts';
import { createRandom } from '../../support/random.ts';

const slideId = 'a'.repeat(64);

/** A slide whose file holds these Deep Zoom levels, each halved and rounded down as scanners do. */
function slideOf(width: number, height: number, tile: number, levels: number[]): SlideView {
  const maxLevel = Math.ceil(Math.log2(Math.max(width, height)));
  return {
    slideId,
    revision: '0'.repeat(16),
    width,
    height,
    maxLevel,
    levels: levels.map((level) => {
      const size = { width: width >> (maxLevel - level), height: height >> (maxLevel - level) };
      const columns = Math.ceil(size.width / tile);
      return { level, ...size, tileWidth: tile, tileHeight: tile, columns, rows: Math.ceil(size.height / tile) };
    }),
    umPerPixel: null,
    objectivePower: null,
    associated: [],
  };
}

const pyramidFor = (slide: SlideView) => pyramidOf(slide, slideAddress('consultations/case', slide));

describe('the tiles of a slide', () => {
  it('are asked for by Deep Zoom’s numbers, under the revision', () => {
    const { layers } = pyramidFor(slideOf(2220, 2967, 256, [10, 12]));
    assert.equal(
      layers.at(-1)?.addressOf(3, 4),
      `/api/consultations/case/slides/${slideId}/0000000000000000/slide_files/12/3_4.jpeg`,
    );
  });

  it('lie on a thumbnail where the coarsest level is more than one tile, and only there', () => {
    const single = pyramidFor(slideOf(2220, 2967, 256, [12]));
    assert.deepEqual(
      single.layers.map(({ isThumbnail }) => isThumbnail),
      [true, false],
    );
    assert.match(single.layers[0]?.addressOf(0, 0) ?? '', /\/thumbnail$/);
    const whole = pyramidFor(slideOf(2220, 2967, 256, [8, 12]));
    assert.deepEqual(
      whole.layers.map(({ isThumbnail }) => isThumbnail),
      [false, false],
    );
  });

  it('have scales that are powers of two, also where a side was rounded', () => {
    const { layers } = pyramidFor(slideOf(2221, 2967, 256, [8, 9, 11, 12]));
    assert.deepEqual(
      layers.map(({ scale }) => scale),
      [1 / 16, 1 / 8, 1 / 2, 1],
    );
  });

  it('cover a level once, without padding, and end where it ends', () => {
    const random = createRandom(41);
    for (let round = 0; round < 50; round += 1) {
      const tile = random.pick([240, 256, 500]);
      const { layers } = pyramidFor(slideOf(1000 + random.below(5000), 1000 + random.below(5000), tile, [9, 10]));
      for (const layer of layers) {
        let area = 0;
        for (let column = 0; column < layer.columns; column += 1)
          for (let row = 0; row < layer.rows; row += 1) {
            const { width, height, x, y } = tileRect(layer, column, row);
            assert.ok(width > 0 && height > 0 && x + width <= layer.width + 1e-9 && y + height <= layer.height + 1e-9);
            area += width * height;
          }
        assert.ok(Math.abs(area - layer.width * layer.height) < 1e-6, `seed 41, round ${round}`);
      }
    }
  });

  it('are needed exactly where the window shows something of them', () => {
    const random = createRandom(42);
    const pyramid = pyramidFor(slideOf(5000, 4001, 256, [11, 13]));
    const layer = pyramid.layers.at(-1) as Layer;
    for (let round = 0; round < 200; round += 1) {
      const size = { width: 100 + random.below(800), height: 100 + random.below(800) };
      const view = {
        center: { x: random.next() * 5000, y: random.next() * 4001 },
        imagePixelsPerScreenHeight: size.height * (0.3 + random.next() * 3),
        rotation: random.pick([0, 90, 180, random.next() * 360]),
      };
      const to = slideToCanvas(view, size);
      const needed = new Set(tilesInView(layer, to, size).map(({ column, row }) => `${column}_${row}`));
      const seen = new Set<string>();
      const back = invert(to);
      for (let step = 0; step < 4000; step += 1) {
        const point = apply(back, { x: random.next() * size.width, y: random.next() * size.height });
        if (point.x < 0 || point.y < 0 || point.x >= 5000 || point.y >= 4001) continue;
        seen.add(`${Math.floor(point.x / 256)}_${Math.floor(point.y / 256)}`);
      }
      for (const tile of seen) assert.ok(needed.has(tile), `seed 42, round ${round}: ${tile} is seen`);
      // Slivers may be missed by the samples.
      assert.ok(
        needed.size <= seen.size * 1.2 + 4,
        `seed 42, round ${round}: ${needed.size} asked for, ${seen.size} seen`,
      );
    }
  });
});

describe('the level of a slide that a window needs', () => {
  const size = { width: 1200, height: 800 };
  const at = (imagePixelsPerScreenHeight: number, slide: { width: number; height: number }) =>
    slideToCanvas(
      { center: { x: slide.width / 2, y: slide.height / 2 }, imagePixelsPerScreenHeight, rotation: 0 },
      size,
    );
  const levelAt = (slide: SlideView, pixels: number, maxPixels = 40e6) => {
    const pyramid = pyramidFor(slide);
    const layer = pyramid.layers[layerFor(pyramid, at(size.height * pixels, slide), size, maxPixels)] as Layer;
    return layer.isThumbnail ? 'thumbnail' : Math.log2(layer.scale);
  };

  it('is the coarsest that is not enlarged', () => {
    const slide = slideOf(65_536, 65_536, 256, [8, 9, 10, 11, 12, 13, 14, 15, 16]);
    const found = [0.25, 1, 1.99, 2, 3.9, 4.1, 60, 500].map((pixels) => levelAt(slide, pixels));
    assert.deepEqual(found, [0, 0, 0, -1, -1, -2, -5, -8]);
  });

  it('is a finer one where the file leaves levels out, as long as that is not too much', () => {
    const slide = slideOf(65_536, 65_536, 256, [8, 12, 14, 16]);
    assert.deepEqual(
      [3.9, 4, 15, 60].map((pixels) => levelAt(slide, pixels)),
      [0, -2, -2, -4],
    );
  });

  it('is never so fine that a window would need more than it can hold', () => {
    assert.equal(levelAt(slideOf(65_536, 65_536, 256, [8, 16]), 20), -8);
    assert.equal(levelAt(slideOf(65_536, 65_536, 256, [16]), 20), 'thumbnail');
    assert.equal(levelAt(slideOf(65_536, 65_536, 256, [16]), 3), 0);
  });
});
