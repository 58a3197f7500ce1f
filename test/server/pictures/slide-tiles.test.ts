import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import {
  closeSlides,
  decodedByVips,
  decodeRgb,
  drawnByOpenSlide,
  drawnByVips,
  largestDifference,
  meanRgb,
  openSample,
  openSeries,
  type Region,
  readRegion,
  referenceOf,
  references,
  sampleSource,
} from '../../support/slide-world.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function assertNear(actual: number[], expected: number[], tolerance: number, message: string): void {
  assert.equal(actual.length, expected.length, message);
  const far = actual.some((value, index) => Math.abs(value - (expected[index] ?? Number.NaN)) > tolerance);
  assert.ok(!far, `${message}: ${actual.map((value) => value.toFixed(3))}, expected ${expected}`);
}

describe('the tiles of a slide', function () {
  this.timeout(180_000);
  after(closeSlides);

  for (const name of ['CMU-1-Small-Region.svs', 'boxes_pyramid.tiff', 'derived/cmu1_pyramid_jpeg.tif']) {
    it(`show the colours of the reference regions, bit for bit (${name})`, async () => {
      const slide = await openSample(name);
      for (const region of referenceOf(name).regionsLevel0) {
        const rgb = await readRegion(slide, 0, region);
        assertNear(meanRgb(rgb), region.meanRGB, 0.001, `${name} ${region.x}`);
        assert.equal(sha256(rgb), region.sha256RGB);
      }
    });
  }

  it('are what OpenSlide draws, bit for bit, across tiles and to the edge', async () => {
    for (const name of ['CMU-1-Small-Region.svs', 'derived/cmu1_pyramid_jpeg.tif', 'boxes_pyramid.tiff']) {
      const slide = await openSample(name);
      const { width = 0, height = 0 } = slide.levels[0] ?? {};
      const [w, h] = [Math.min(width, 700), Math.min(height, 600)];
      const region: Region = { x: width - w, y: height - h, w, h };
      const drawn = await drawnByOpenSlide(name, 0, region);
      assert.equal(largestDifference(await readRegion(slide, 0, region), drawn), 0, name);
    }
  });

  it('are what libtiff decodes, bit for bit, at every level', async () => {
    // OpenSlide shifts and blurs smaller levels by parts of a pixel where their sides were rounded unequally.
    for (const name of ['derived/cmu1_pyramid_jpeg.tif', 'boxes_pyramid.tiff']) {
      const slide = await openSample(name);
      for (const [index, level] of slide.levels.entries()) {
        const region: Region = { x: 0, y: 0, w: Math.min(level.width, 700), h: Math.min(level.height, 600) };
        const drawn = await drawnByVips(name, `[page=${index}]`, region);
        assert.equal(largestDifference(await readRegion(slide, index, region), drawn), 0, `${name} ${index}`);
      }
    }
  });

  it('are found in the SubIFDs of a BigTIFF, bit for bit as libtiff decodes them', async () => {
    const name = 'derived/os2_pyramid_bigtiff_subifd.tif';
    const slide = await openSample(name);
    const pages = ['', '[subifd=0]', '[subifd=1]', '[subifd=2]'];
    assert.equal(slide.levels.length, pages.length);
    for (const [index, page] of pages.entries()) {
      const { width, height } = slide.levels[index] ?? { width: 0, height: 0 };
      const region: Region = { x: 0, y: 0, w: Math.min(width, 900), h: Math.min(height, 900) };
      const drawn = await drawnByVips(name, page, region);
      assert.equal(largestDifference(await readRegion(slide, index, region), drawn), 0, page);
    }
    for (const region of referenceOf(name).regionsLevel0) {
      assert.equal(sha256(await readRegion(slide, 0, region)), region.sha256RGB);
    }
  });

  it('hold the stored JPEG data, not data that was compressed again', async () => {
    const slide = await openSample('CMU-1-Small-Region.svs');
    const source = await sampleSource('CMU-1-Small-Region.svs');
    const { mediaType, bytes } = await slide.readTile(0, 0, 0);
    assert.equal(mediaType, 'image/jpeg');
    // The first tile lies at 16 and has 3684 bytes; all but its SOI marker stands at the end of what is handed out.
    const stored = Buffer.from(await source.read(18, 3682));
    assert.ok(stored.equals(Buffer.from(bytes).subarray(-3682)));
    assert.ok(bytes.length < 3684 + 16 + 289);
  });

  it('go by the colours that the JPEG states where the TIFF says otherwise', async () => {
    // An OME-TIFF that says RGB over JFIF tiles, which are YCbCr: drawn by the TIFF's word, blue stain turns orange.
    const slide = await openSample('OS-2-ndpi.ome.tif');
    const source = await sampleSource('OS-2-ndpi.ome.tif');
    const tile = await slide.readTile(0, 0, 0);
    const stored = await source.read(524, 32607);
    assert.deepEqual(Buffer.from(tile.bytes), Buffer.from(stored));
    assert.deepEqual((await decodeRgb(tile.bytes)).data, await decodedByVips(stored));
    for (const region of referenceOf('OS-2-ndpi.ome.tif').regionsLevel0) {
      // The reference means are those of Y, Cb and Cr; the transform is linear, but for what is cut off at 255.
      const [y = 0, blue = 0, red = 0] = region.meanRGB;
      const expected = [
        y + 1.402 * (red - 128),
        y - 0.344 * (blue - 128) - 0.714 * (red - 128),
        y + 1.772 * (blue - 128),
      ];
      const mean = meanRgb(await readRegion(slide, 0, region));
      assertNear(mean, expected, 1.5, 'OS-2');
    }
  });

  it('of JPEG 2000 come out as OpenSlide decodes them', async () => {
    const name = 'tcga-cr-7395_j2k.svs';
    const slide = await openSample(name);
    for (const region of referenceOf(name).regionsLevel0) {
      const rgb = await readRegion(slide, 0, region);
      assertNear(meanRgb(rgb), region.meanRGB, 0.2, `${region.x}`);
      // Lossy JPEG 2000 leaves the last bit to the decoder.
      assert.ok(largestDifference(rgb, await drawnByOpenSlide(name, 0, region)) <= 1);
    }
    assert.equal((await slide.readTile(1, 4, 4)).mediaType, 'image/png');
  });

  it('of DICOM whose header says RGB over YCbCr have the colours of the tissue', async () => {
    const slide = await openSeries('dicom-wsi-cmu1');
    const names = Object.keys(references.dicom).filter((name) => name.startsWith('pathology/dicom-wsi-cmu1/'));
    assert.equal(names.length, slide.levels.length);
    for (const name of names) {
      const level = Number(/level-(\d+)-/.exec(name)?.[1]);
      const tile = await slide.readTile(level, 0, 0);
      assert.equal(tile.mediaType, 'image/jpeg');
      const expected = references.dicom[name]?.pixels.frame0.meanPerChannelByJpegMarkers ?? [];
      assertNear(meanRgb((await decodeRgb(tile.bytes)).data), expected, 0.5, name);
    }
    // It was made from the SVS: the same place shows the same tissue.
    for (const region of referenceOf('CMU-1-Small-Region.svs').regionsLevel0) {
      assertNear(meanRgb(await readRegion(slide, 0, region)), region.meanRGB, 3, `DICOM ${region.x}`);
    }
  });

  for (const name of ['sm_image.dcm', 'sm_image_jpegls.dcm']) {
    it(`of DICOM without loss are exact (${name})`, async () => {
      const slide = await openSample(`dicom-wsi-tiny/${name}`);
      const hash = createHash('sha256');
      for (let row = 0; row < 5; row += 1) {
        for (let column = 0; column < 5; column += 1) {
          const tile = await slide.readTile(0, column, row);
          hash.update((await decodeRgb(tile.bytes)).data);
        }
      }
      assert.equal(hash.digest('hex'), references.dicom[`pathology/dicom-wsi-tiny/${name}`]?.pixels.sha256);
    });
  }

  it('of 16-bit gray keep all their bits', async () => {
    const slide = await openSample('dicom-wsi-tiny/sm_image_grayscale.dcm');
    const hash = createHash('sha256');
    for (let index = 0; index < 25; index += 1) {
      const { bytes } = await slide.readTile(0, index % 5, Math.floor(index / 5));
      const { data, info } = await sharp(bytes)
        .toColourspace('grey16')
        .raw({ depth: 'ushort' })
        .toBuffer({ resolveWithObject: true });
      assert.equal(info.channels, 1);
      hash.update(data);
    }
    const reference = references.dicom['pathology/dicom-wsi-tiny/sm_image_grayscale.dcm'];
    assert.equal(hash.digest('hex'), reference?.pixels.sha256);
  });
});
