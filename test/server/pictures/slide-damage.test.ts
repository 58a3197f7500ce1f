import assert from 'node:assert/strict';
import { Failure } from '../../../server/contract/failure.ts';
import { openSlide, recogniseSlide } from '../../../server/pictures/slide/open-slide.ts';
import { readData } from '../../support/data.ts';
import { mutated, seeded } from '../../support/mutations.ts';
import { closeSlides, codecs, isFailure, memorySource, openSample } from '../../support/slide-world.ts';
import { type HandPage, tiffByHand } from '../../support/tiff-by-hand.ts';

const PAGE: HandPage = { width: 128, height: 64, tile: 64 };
const openBytes = (bytes: Uint8Array) => openSlide(memorySource(bytes), codecs);
const withFields = (...fields: NonNullable<HandPage['fields']>) => tiffByHand([{ ...PAGE, fields }]);

/** Opens, checks and reads everything, as the server does in the course of a case. */
async function readEverything(bytes: Uint8Array): Promise<void> {
  const slide = await openBytes(bytes);
  await slide.check();
  for (const [level, { width, height, tileWidth, tileHeight }] of slide.levels.entries()) {
    await slide.readTile(level, Math.ceil(width / tileWidth) - 1, Math.ceil(height / tileHeight) - 1);
  }
  for (const image of slide.associated) await image.read();
}

describe('a damaged slide', function () {
  this.timeout(180_000);
  after(closeSlides);

  it('of the malformed samples is refused with its reason', async () => {
    await assert.rejects(openSample('malformed/unopenable.tiff'), isFailure('slide-encoding-unsupported'));
    const unreadable = await openSample('malformed/unreadable.svs');
    await assert.rejects(unreadable.check(), isFailure('file-damaged'));
    await assert.rejects(unreadable.readTile(0, 0, 0), isFailure('file-damaged'));
  });

  it('or a file of another kind is told by its content', async () => {
    const inStrips = tiffByHand([{ width: 3968, height: 512, strips: true }]);
    await assert.rejects(openBytes(inStrips), isFailure('slide-not-tiled'));
    const ct = await readData('dicom/syntax/ctimage_jpeg_baseline_50.dcm');
    assert.equal(await recogniseSlide(memorySource(ct)), 'dicom');
    await assert.rejects(openBytes(ct), isFailure('not-slide'));
    for (const bytes of [
      new Uint8Array(0),
      new Uint8Array(7),
      new Uint8Array(2000),
      Buffer.from('%PDF-1.7 '.repeat(40)),
    ]) {
      assert.equal(await recogniseSlide(memorySource(bytes)), null);
      await assert.rejects(openBytes(bytes), isFailure('not-slide'));
    }
    const report = await readData('dicom/sr/sr_comprehensive.dcm');
    await assert.rejects(openBytes(report), isFailure('not-slide'));
  });

  it('whose directories go in a circle is refused', async () => {
    const pages = [PAGE, { ...PAGE, width: 64, height: 32, subfileType: 1 }];
    for (const target of [0, 1]) {
      const bytes = tiffByHand(pages, { next: (directories) => directories[target] ?? 0 });
      await assert.rejects(openBytes(bytes), isFailure('file-damaged'), `to ${target}`);
    }
    // A smaller version that is the slide itself is none, and is not followed further.
    const directoryOf = (bytes: Uint8Array) => new DataView(bytes.buffer).getUint32(4, true);
    const own = directoryOf(withFields([330, 4, [0, 0]]));
    const bytes = withFields([330, 4, [own, own]]);
    assert.equal(directoryOf(bytes), own);
    const source = memorySource(bytes);
    assert.equal((await openSlide(source, codecs)).levels.length, 1);
    assert.ok(source.reads < 100);
  });

  it('whose offsets lead out of the file is refused', async () => {
    const outside = tiffByHand([PAGE], { next: () => 0x7fffffff });
    await assert.rejects(openBytes(outside), isFailure('file-truncated'));
    await assert.rejects(openBytes(withFields([330, 4, [0x7fffffff]])), isFailure('file-truncated'));
    const tiles = await openBytes(withFields([324, 4, [8, 0x7fffffff]]));
    await assert.rejects(tiles.readTile(0, 1, 0), isFailure('file-truncated'));
    await assert.rejects(tiles.check(), isFailure('file-truncated'));
    const long = await openBytes(withFields([325, 4, [0xffffffff, 4096]]));
    await assert.rejects(long.readTile(0, 0, 0), isFailure('file-truncated'));
  });

  it('that is cut off anywhere is refused', async () => {
    const whole = await readData('pathology/boxes_pyramid.tiff');
    await readEverything(whole);
    // Behind this lies nothing but the colour profile of the smallest level.
    const lastDirectoryEnd = 7086;
    for (let length = 0; length < lastDirectoryEnd; length += 97) {
      const isCut = isFailure('not-slide', 'file-truncated');
      await assert.rejects(readEverything(whole.subarray(0, length)), isCut, `${length} bytes`);
    }
  });

  it('with absurd counts and sizes is refused without reading or keeping much', async () => {
    const absurd: NonNullable<HandPage['fields']>[] = [
      [[256, 4, [0xffffffff]]],
      [[256, 4, [0]]],
      [[257, 4, [2 ** 24]]],
      [[322, 4, [0]]],
      [[322, 4, [1]]],
      [[323, 4, [0xffffffff]]],
      [[277, 3, [0]]],
      [[277, 3, [60000]]],
      [[324, 4, []]],
      [[330, 4, Array.from({ length: 5000 }, () => 8)]],
    ];
    for (const fields of absurd) {
      const source = memorySource(withFields(...fields));
      await assert.rejects(openSlide(source, codecs), isFailure('file-damaged'), JSON.stringify(fields).slice(0, 80));
      assert.ok(source.reads < 200 && source.readBytes < 100_000, `${source.reads} reads, ${source.readBytes} bytes`);
    }
    // More levels than halving can give; a label of twenty thousand strips and more; tiles of 256 million pixels.
    const base = { width: 1000, height: 1000, tile: 1000 };
    const sizes = Array.from({ length: 70 }, (_, index) => ({ width: 500 + index, height: 500 + index, tile: 600 }));
    const none = { data: () => null };
    const levels = tiffByHand([base, ...sizes].map((page) => ({ ...page, ...none })));
    await assert.rejects(openBytes(levels), isFailure('file-damaged'));
    const offsets = Array.from({ length: 30_000 }, () => 8);
    const stripes: HandPage['fields'] = [
      [273, 4, offsets],
      [278, 4, [1]],
      [279, 4, offsets],
    ];
    const striped = await openBytes(tiffByHand([PAGE, { width: 1, height: 30_000, strips: true, fields: stripes }]));
    await assert.rejects(async () => striped.associated[0]?.read(), isFailure('slide-encoding-unsupported'));
    const vast = tiffByHand([{ width: 16_000, height: 16_000, tile: 16_000, ...none }]);
    await assert.rejects(openBytes(vast), isFailure('slide-encoding-unsupported'));
    const heavy = tiffByHand([{ width: 16, height: 16, tile: 16, data: () => new Uint8Array(100_000) }]);
    await assert.rejects((await openBytes(heavy)).readTile(0, 0, 0), isFailure('file-damaged'));
    // A directory of 65535 entries; a BigTIFF whose count is 2⁶⁴ - 1.
    const many = tiffByHand([PAGE]);
    const at = new DataView(many.buffer).getUint32(4, true);
    new DataView(many.buffer).setUint16(at, 65535, true);
    await assert.rejects(openBytes(many), isFailure('file-damaged'));
    const big = new Uint8Array(64).fill(255);
    big.set([0x49, 0x49, 43, 0, 8, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0]);
    await assert.rejects(openBytes(big), isFailure('file-truncated'));
  });

  it('with tiles that are no JPEG, or of another size, is refused', async () => {
    const svs = await readData('pathology/derived/cmu1_pyramid_jpeg.tif');
    const jpeg = { compression: 7, samples: 3, photometric: 6, width: 64, height: 64, tile: 64 };
    const stored = (bytes: Uint8Array) => openBytes(tiffByHand([{ ...jpeg, data: () => bytes }]));
    const isDamaged = isFailure('file-damaged');
    // The first tile of 256 × 256 in place of one of 64 × 64, without its tables, and cut short.
    const first = svs.slice(8, 8 + 2555);
    for (const bytes of [first, first.subarray(0, 1000), new Uint8Array(500), Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)]) {
      await assert.rejects((await stored(bytes)).readTile(0, 0, 0), isDamaged);
    }
  });

  it('never brings the reader down (1500 random mutations)', async () => {
    const random = seeded(20261123);
    const names = [
      'boxes_pyramid.tiff',
      'malformed/unreadable.svs',
      'dicom-wsi-tiny/sm_image_jpegls.dcm',
      'dicom-wsi-cmu1/level-6-frames-0-1.dcm',
    ];
    const samples = await Promise.all(names.map((name) => readData(`pathology/${name}`)));
    const label: HandPage = { width: 20, height: 9, strips: true, description: 'a\nlabel' };
    const all = [...samples, tiffByHand([PAGE, { ...PAGE, width: 64, height: 32 }, label])];
    const rounds = 1500;
    const before = process.memoryUsage().rss;
    let refused = 0;
    for (let round = 0; round < rounds; round += 1) {
      const sample = all[round % all.length];
      assert.ok(sample);
      const bytes = mutated(sample, random);
      try {
        await readEverything(bytes);
      } catch (error) {
        assert.ok(error instanceof Failure, `round ${round}: ${error instanceof Error ? error.stack : error}`);
        assert.ok(error.reason !== undefined || error.code === 'not-found', `round ${round}: ${error.message}`);
        refused += 1;
      }
    }
    assert.ok(refused > rounds / 4 && refused < rounds, `${refused} refused`);
    const grown = process.memoryUsage().rss - before;
    assert.ok(grown < 400 * 1024 ** 2, `${grown} bytes of memory more than before`);
  });

  it('never brings the reader down (300 random mutations of the directories of an SVS)', async () => {
    const random = seeded(3);
    const below = (limit: number) => Math.floor(random() * limit);
    const bytes = await readData('pathology/CMU-1-Small-Region.svs');
    const directories = [1_275_950, 1_474_362, 1_850_194, 1_938_212];
    let refused = 0;
    for (let round = 0; round < 300; round += 1) {
      const changed = bytes.slice();
      for (let change = 0; change <= below(3); change += 1) {
        changed[(directories[below(4)] ?? 0) + below(180)] = below(2) === 0 ? 255 : below(256);
      }
      const source = memorySource(changed);
      try {
        await (await openSlide(source, codecs)).check();
      } catch (error) {
        assert.ok(error instanceof Failure, `round ${round}: ${error instanceof Error ? error.stack : error}`);
        assert.ok(error.reason !== undefined, error.message);
        refused += 1;
      }
      assert.ok(source.readBytes < 4 * bytes.length, `round ${round}: ${source.readBytes} bytes read`);
    }
    assert.ok(refused > 50 && refused < 300, `${refused} refused`);
  });
});
