import assert from 'node:assert/strict';
import sharp, { type TiffOptions } from 'sharp';
import { openSlide } from '../../../server/pictures/slide/open-slide.ts';
import { decodeLzw, decodePackBits } from '../../../server/pictures/slide/tiff-uncompress.ts';
import { createRandom } from '../../support/random.ts';
import { codecs, decodeRgb, isFailure, memorySource, readRegion } from '../../support/slide-world.ts';
import { tiffByHand } from '../../support/tiff-by-hand.ts';

const [WIDTH, HEIGHT] = [300, 200];

/** Smooth colours, runs and noise: what each compression does well and badly. */
function picture(channels: 1 | 3): Buffer {
  const random = createRandom(20261123);
  const data = Buffer.alloc(WIDTH * HEIGHT * channels);
  for (let i = 0; i < data.length; i += 1) {
    const y = Math.floor(i / (WIDTH * channels));
    if (y < 70) data[i] = (i * 3) % 251;
    else if (y < 140) data[i] = y;
    else data[i] = random.below(256);
  }
  return data;
}

describe('a slide in a compression that browsers do not draw', () => {
  const forms: TiffOptions[] = [
    { compression: 'lzw', predictor: 'horizontal' },
    { compression: 'lzw', predictor: 'none' },
    { compression: 'deflate', predictor: 'horizontal' },
    { compression: 'deflate', predictor: 'none' },
    { compression: 'packbits' },
    { compression: 'none' },
  ];
  for (const form of forms) {
    it(`is handed out without loss (${form.compression}, ${form.predictor ?? 'none'}, gray and colour)`, async () => {
      for (const channels of [1, 3] as const) {
        const data = picture(channels);
        const tiff = await sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels } })
          .toColourspace(channels === 1 ? 'b-w' : 'srgb')
          .tiff({ ...form, tile: true, tileWidth: 64, tileHeight: 48, pyramid: true, bigtiff: channels === 3 })
          .toBuffer();
        const slide = await openSlide(memorySource(tiff), codecs);
        await slide.check();
        assert.ok(slide.levels.length > 1);
        const expected = channels === 3 ? data : Buffer.from([...data].flatMap((value) => [value, value, value]));
        assert.deepEqual(await readRegion(slide, 0, { x: 0, y: 0, w: WIDTH, h: HEIGHT }), expected);
      }
    });
  }

  it('is drawn right side out where white is zero, in either byte order', async () => {
    const page = { width: 16, height: 16, tile: 16, photometric: 0, data: () => new Uint8Array(256).fill(10) };
    for (const bigEndian of [false, true]) {
      const slide = await openSlide(memorySource(tiffByHand([page], { bigEndian })), codecs);
      const { data } = await decodeRgb((await slide.readTile(0, 0, 0)).bytes);
      assert.ok(data.every((value) => value === 245));
    }
  });

  it('has a transparent tile where none was stored', async () => {
    const page = {
      width: 32,
      height: 16,
      tile: 16,
      data: (index: number) => (index === 0 ? null : new Uint8Array(256)),
    };
    const slide = await openSlide(memorySource(tiffByHand([page])), codecs);
    const { channels } = await sharp((await slide.readTile(0, 0, 0)).bytes).stats();
    assert.equal(channels[3]?.max, 0);
    assert.ok((await decodeRgb((await slide.readTile(0, 1, 0)).bytes)).data.every((value) => value === 0));
  });

  it('is refused where its pixels cannot be had in their true colours', async () => {
    const page = { width: 16, height: 16, tile: 16 };
    const channels = memorySource(tiffByHand([page, page]));
    await assert.rejects(openSlide(channels, codecs), isFailure('slide-encoding-unsupported'));
    for (const odd of [
      { compression: 50000 },
      { compression: 6 },
      { bits: 16 },
      { bits: 1 },
      { samples: 4 },
      { samples: 3, planar: 2 },
      { photometric: 3 },
      { samples: 3, photometric: 5 },
      { samples: 3, photometric: 6 },
      { fields: [[317, 3, [3]]] as [number, 3, number[]][] },
    ]) {
      const source = memorySource(tiffByHand([{ ...page, ...odd }]));
      await assert.rejects(openSlide(source, codecs), isFailure('slide-encoding-unsupported'), JSON.stringify(odd));
    }
  });

  it('is refused where its data end early or make no sense', () => {
    const isDamaged = isFailure('file-damaged');
    assert.throws(() => decodeLzw(Uint8Array.of(0x80, 0x3f, 0xff), 100), isDamaged);
    assert.throws(() => decodeLzw(new Uint8Array(0), 1), isDamaged);
    // Clear, then a code that no entry has yet.
    assert.throws(() => decodeLzw(Uint8Array.of(0x80, 0x40, 0x80, 0x20), 100), isDamaged);
    assert.throws(() => decodePackBits(Uint8Array.of(5, 1, 2), 100), isDamaged);
    assert.throws(() => decodePackBits(Uint8Array.of(250), 100), isDamaged);
    assert.throws(() => decodePackBits(Uint8Array.of(128, 128), 100), isDamaged);
  });
});
