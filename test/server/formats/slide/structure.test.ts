import assert from 'node:assert/strict';
import sharp from 'sharp';
import { deepZoomOf, getTilePlace } from '../../../../server/formats/slide/deep-zoom.ts';
import type { SlideLevel } from '../../../../server/formats/slide/slide.ts';
import { openSlide } from '../../../../server/pictures/slide/open-slide.ts';
import {
  closeSlides,
  codecs,
  decodeRgb,
  isNotFound,
  memorySource,
  openSample,
  openSeries,
  referenceOf,
  references,
  sampleSource,
} from '../../../support/slide-world.ts';
import { tiffByHand } from '../../../support/tiff-by-hand.ts';

const TIFFS = Object.entries(references.pathology)
  .map(([path]) => path.replace('pathology/', ''))
  .filter((name) => !name.startsWith('malformed/') && !name.endsWith('.ndpi'));

describe('the structure of a slide', () => {
  after(closeSlides);

  for (const name of TIFFS) {
    it(`has the levels and the scale that other readers find (${name})`, async () => {
      const slide = await openSample(name);
      const reference = referenceOf(name);
      assert.deepEqual(
        slide.levels.map(({ width, height }) => [height, width]),
        reference.levels.map(([height, width]) => [height, width]),
      );
      if (typeof reference.openslide === 'string') return;
      const { mppX, objective, downsamples } = reference.openslide;
      if (mppX !== null) assert.deepEqual(slide.umPerPixel, { x: Number(mppX), y: Number(mppX) });
      assert.equal(slide.objectivePower, objective === null ? null : Number(objective));
      for (const [index, downsample] of downsamples.entries()) {
        assert.ok(Math.abs((slide.levels[index]?.downsample ?? 0) - downsample) < 0.0001, `level ${index}`);
      }
    });
  }

  it('of DICOM has one level for each file, whatever their order', async () => {
    const slide = await openSeries('dicom-wsi-cmu1');
    assert.equal(slide.levels.length, 12);
    assert.deepEqual(slide.umPerPixel, { x: 0.499, y: 0.499 });
    assert.deepEqual(slide.levels[0], { width: 2220, height: 2967, tileWidth: 500, tileHeight: 500, downsample: 1 });
    const widths = slide.levels.map(({ width }) => width);
    assert.deepEqual(widths, [2220, 1110, 555, 277, 138, 69, 34, 17, 8, 4, 2, 1]);
  });

  it('states a scale in µm only where the file knows one', async () => {
    const scaleOf = async (name: string) => (await openSample(name)).umPerPixel;
    // 72 dots an inch is a printer's number, not a microscope's.
    assert.equal(await scaleOf('boxes_pyramid.tiff'), null);
    assert.equal(await scaleOf('tcga-cr-7395_j2k.svs'), null);
    const generic = await scaleOf('derived/cmu1_pyramid_jpeg.tif');
    assert.ok(generic && Math.abs(generic.x - 0.499) < 1e-6 && Math.abs(generic.y - 0.499) < 1e-6);
    const ome = { x: 0.2270972430394695, y: 0.22710240047237298 };
    assert.deepEqual(await scaleOf('OS-2-ndpi.ome.tif'), ome);
    assert.deepEqual(await scaleOf('derived/os2_pyramid_bigtiff_subifd.tif'), ome);
  });
});

describe('the label of a slide', () => {
  after(closeSlides);

  it('is no tile, and is known apart from the thumbnail', async () => {
    const slide = await openSample('CMU-1-Small-Region.svs');
    const found = slide.associated.map(({ kind, width, height }) => [kind, width, height]);
    assert.deepEqual(found, [
      ['thumbnail', 574, 768],
      ['label', 387, 463],
      ['macro', 1280, 431],
    ]);
    assert.equal(slide.levels.length, 1);
    await assert.rejects(slide.readTile(1, 0, 0), isNotFound);
  });

  it('is read whole, without loss where it is stored so', async () => {
    const { associated } = await openSample('CMU-1-Small-Region.svs');
    const whole = sharp(await (await sampleSource('CMU-1-Small-Region.svs')).read(0, 1_938_955), { page: 2 });
    const expected = await whole.removeAlpha().raw().toBuffer();
    for (const image of associated) {
      const { data, width, height } = await decodeRgb((await image.read()).bytes);
      assert.deepEqual([width, height], [image.width, image.height]);
      // LZW with differences, in 67 strips.
      if (image.kind === 'label') assert.deepEqual(data, expected);
    }
  });

  it('is kept apart by structure where it bears no name, is tiled, or calls itself a level', async () => {
    const tissue = { width: 256, height: 192, tile: 64 };
    const bytes = tiffByHand([
      tissue,
      { width: 128, height: 96, tile: 64, subfileType: 1 },
      // Nothing says what these are: a reduced image of another shape, one with Aperio's type, one like a level.
      { width: 64, height: 64, tile: 64, subfileType: 1 },
      { width: 160, height: 60, tile: 64, subfileType: 9 },
      { width: 100, height: 50, strips: true },
      // Has the shape of a level, but says that it is the macro image, by type, or by name.
      { width: 64, height: 48, tile: 64, subfileType: 9 },
      { width: 64, height: 48, tile: 64, description: 'Some scanner\nmacro 64x48' },
      { width: 512, height: 512, tile: 64, description: 'label 512x512' },
      { width: 64, height: 48, strips: true },
    ]);
    const slide = await openSlide(memorySource(bytes), codecs);
    assert.deepEqual(
      slide.levels.map(({ width, height }) => [width, height]),
      [
        [256, 192],
        [128, 96],
      ],
    );
    const kinds = slide.associated.map(({ kind }) => kind);
    assert.deepEqual(kinds, ['label', 'macro', 'other', 'macro', 'macro', 'label', 'thumbnail']);
  });
});

describe('Deep Zoom addresses', () => {
  after(closeSlides);
  const level = (width: number, height: number): SlideLevel => ({
    width,
    height,
    tileWidth: 256,
    tileHeight: 256,
    downsample: 1,
  });

  it('name the levels of the file, whatever they leave out', () => {
    const deepZoom = deepZoomOf({ levels: [level(46000, 32914), level(11500, 8228), level(2875, 2057)] });
    assert.equal(deepZoom.maxLevel, 16);
    assert.deepEqual(
      deepZoom.levels.map((found) => [found.level, found.slideLevel, found.columns, found.rows]),
      [
        [12, 2, 12, 9],
        [14, 1, 45, 33],
        [16, 0, 180, 129],
      ],
    );
    assert.deepEqual(getTilePlace(deepZoom, 14, 44, 32), { level: 1, column: 44, row: 32 });
  });

  it('leave out a level that is no power of two smaller', () => {
    const { levels } = deepZoomOf({ levels: [level(3000, 3000), level(1000, 1000), level(750, 750)] });
    assert.deepEqual(
      levels.map(({ slideLevel }) => slideLevel),
      [2, 0],
    );
  });

  it('outside the slide, at absurd levels or of no whole number are not found', async () => {
    const slide = await openSample('boxes_pyramid.tiff');
    const deepZoom = deepZoomOf(slide);
    const wrong = [-1, 0.5, 5, 1e9, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY];
    for (const value of wrong) {
      const places: [number, number, number][] = [
        [value, 0, 0],
        [0, value, 0],
        [0, 0, value],
      ];
      for (const [level, column, row] of places) {
        await assert.rejects(slide.readTile(level, column, row), isNotFound, `${level} ${column} ${row}`);
        // Level 9 is the whole slide.
        const place = () => getTilePlace(deepZoom, Object.is(level, value) ? value : 9, column, row);
        assert.throws(place, isNotFound);
      }
    }
    // The grid has 5 × 4 tiles: its last one is there.
    assert.deepEqual(getTilePlace(deepZoom, 9, 4, 3), { level: 0, column: 4, row: 3 });
    assert.equal((await slide.readTile(0, 4, 3)).mediaType, 'image/png');
    assert.throws(() => getTilePlace(deepZoom, 5, 0, 0), isNotFound);
    await assert.rejects(slide.readTile(0, 4, 4), isNotFound);
  });
});
