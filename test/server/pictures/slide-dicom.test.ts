import assert from 'node:assert/strict';
import sharp from 'sharp';
import type { Slide } from '../../../server/formats/slide/slide.ts';
import { openDicomSlide } from '../../../server/pictures/slide/dicom-slide.ts';
import { openSlide } from '../../../server/pictures/slide/open-slide.ts';
import { codecs, decodeRgb, isFailure, isNotFound, memorySource } from '../../support/slide-world.ts';
import { type WsiByHand, wsiByHand } from '../../support/wsi-by-hand.ts';

/** A frame of 4 × 4 pixels, all of one gray. */
const gray = (value: number) => [new Uint8Array(16).fill(value)];
const grays = (count: number) => Array.from({ length: count }, (_, index) => gray(index + 1));
/** 3 × 2 tiles; the last column and row reach out of the slide. */
const SHAPE = { width: 10, height: 7, tile: 4 };

/** A JPEG of one colour that says YCbCr by a JFIF segment, as scanners write it. */
async function jpegOf(background: string): Promise<Buffer> {
  const jpeg = await sharp({ create: { width: 16, height: 16, channels: 3, background } })
    .jpeg()
    .toBuffer();
  const jfif = Buffer.from('ffe000104a46494600010100000100010000', 'hex');
  return Buffer.concat([jpeg.subarray(0, 2), jfif, jpeg.subarray(2)]);
}

const openByHand = (slide: WsiByHand) => openSlide(memorySource(wsiByHand(slide)), codecs);

/** The gray of each tile, row by row; null: transparent. */
async function tilesOf(slide: Slide, columns = 3, rows = 2): Promise<(number | null)[]> {
  const found: (number | null)[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const { bytes } = await slide.readTile(0, column, row);
      const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
      assert.deepEqual([info.width, info.height], [4, 4]);
      found.push(data[info.channels - 1] === 0 ? null : (data[0] ?? null));
    }
  }
  return found;
}

describe('a DICOM slide', () => {
  it('has its tiles row by row where it is TILED_FULL, with its scale and objective', async () => {
    const slide = await openByHand({ ...SHAPE, frames: grays(6), organization: 'TILED_FULL' });
    assert.deepEqual(await tilesOf(slide), [1, 2, 3, 4, 5, 6]);
    // Pixel spacing is between rows, then between columns.
    assert.deepEqual(slide.umPerPixel, { x: 0.25, y: 0.5 });
    assert.equal(slide.objectivePower, 40);
    assert.equal(slide.format, 'dicom');
    await assert.rejects(slide.readTile(0, 3, 0), isNotFound);
  });

  it('has its tiles where each says, and holes where there are none, where it is TILED_SPARSE', async () => {
    const placed = [
      { column: 9, row: 5 },
      { column: 1, row: 1 },
      { column: 5, row: 5 },
    ];
    const slide = await openByHand({ ...SHAPE, frames: grays(3), placed, organization: 'TILED_SPARSE' });
    assert.deepEqual(await tilesOf(slide), [2, null, null, null, 3, 1]);
    const unsaid = await openByHand({ ...SHAPE, frames: grays(3), placed });
    assert.deepEqual(await tilesOf(unsaid), [2, null, null, null, 3, 1]);
  });

  it('shows the middle focus plane and the first optical path', async () => {
    const full = await openByHand({ ...SHAPE, frames: grays(18), organization: 'TILED_FULL', focalPlanes: 3 });
    assert.deepEqual(await tilesOf(full), [7, 8, 9, 10, 11, 12]);
    const one = { width: 4, height: 4, tile: 4 };
    const placed = [
      { column: 1, row: 1, z: 2, path: 'A' },
      { column: 1, row: 1, z: 0, path: 'A' },
      { column: 1, row: 1, z: 1, path: 'B' },
      { column: 1, row: 1, z: 1, path: 'A' },
    ];
    const sparse = await openByHand({ ...one, frames: grays(4), placed, organization: 'TILED_SPARSE' });
    assert.deepEqual(await tilesOf(sparse, 1, 1), [4]);
  });

  it('refuses tiles without a place, outside the slide, or in no grid', async () => {
    const sparse = (placed: { column?: number; row?: number }[]) =>
      openByHand({ ...SHAPE, frames: grays(1), placed, organization: 'TILED_SPARSE' });
    await assert.rejects(sparse([{}]), isFailure('file-damaged'));
    await assert.rejects(sparse([]), isFailure('file-damaged'));
    await assert.rejects(sparse([{ column: 13, row: 1 }]), isFailure('file-damaged'));
    await assert.rejects(sparse([{ column: 1, row: 0xfffffffd }]), isFailure('file-damaged'));
    await assert.rejects(sparse([{ column: 2, row: 1 }]), isFailure('slide-encoding-unsupported'));
    await assert.rejects(
      openByHand({ ...SHAPE, frames: grays(5), organization: 'TILED_FULL' }),
      isFailure('file-damaged'),
    );
    const short = { ...SHAPE, frames: grays(5), numberOfFrames: 6, organization: 'TILED_FULL' } as const;
    await assert.rejects(openByHand(short), isFailure('file-truncated'));
    await assert.rejects(openByHand({ ...short, numberOfFrames: 2_000_000_000 }), isFailure('file-damaged'));
  });

  it('finds its compressed frames by any table, by none, by none but a wrong one, and in several fragments', async () => {
    const colors = ['#ff0000', '#00ff00', '#0000ff', '#ffffff', '#000000', '#808080'];
    const jpegs = await Promise.all(colors.map(jpegOf));
    const even = jpegs.map((jpeg) => (jpeg.length % 2 === 0 ? jpeg : Buffer.concat([jpeg, Buffer.from([0])])));
    const shape = {
      width: 48,
      height: 32,
      tile: 16,
      organization: 'TILED_FULL',
      encapsulated: '1.2.840.10008.1.2.4.50',
    } as const;
    const rgb = { samples: 3, photometric: 'YBR_FULL_422' };
    for (const offsetTable of ['basic', 'extended', 'wrong', 'none'] as const) {
      for (const cut of offsetTable === 'none' || offsetTable === 'wrong' ? [false] : [false, true]) {
        const frames = even.map((jpeg) => (cut ? [jpeg.subarray(0, 100), jpeg.subarray(100)] : [jpeg]));
        const slide = await openByHand({ ...shape, ...rgb, frames, offsetTable });
        await slide.check();
        for (const [index, jpeg] of even.entries()) {
          const { mediaType, bytes } = await slide.readTile(0, index % 3, Math.floor(index / 3));
          assert.equal(mediaType, 'image/jpeg');
          assert.deepEqual(Buffer.from(bytes), jpeg, `${offsetTable} ${cut} ${index}`);
        }
      }
    }
  });

  it('says the colours of JPEG tiles that are silent about them', async () => {
    // Without JFIF, and three components of equal size: only the header knows, and browsers guess YCbCr.
    const raw = Buffer.alloc(16 * 16 * 3, Buffer.from([200, 100, 50]));
    const jpeg = await sharp(raw, { raw: { width: 16, height: 16, channels: 3 } })
      .jpeg({ chromaSubsampling: '4:4:4', quality: 100 })
      .toBuffer();
    assert.ok(!jpeg.includes('JFIF') && !jpeg.includes('Adobe'));
    const shape = { width: 16, height: 16, tile: 16, encapsulated: '1.2.840.10008.1.2.4.50', samples: 3 };
    const meanOf = async (photometric: string) => {
      const slide = await openByHand({ ...shape, photometric, frames: [[jpeg]], organization: 'TILED_FULL' });
      const { data } = await decodeRgb((await slide.readTile(0, 0, 0)).bytes);
      return [...data.subarray(0, 3)];
    };
    const [red = 0, green = 0, blue = 0] = await meanOf('YBR_FULL_422');
    assert.ok(Math.abs(red - 200) < 3 && Math.abs(green - 100) < 3 && Math.abs(blue - 50) < 3);
    // Y, Cb and Cr of that colour, drawn as they are.
    const [y = 0, cb = 0, cr = 0] = await meanOf('RGB');
    assert.ok(Math.abs(y - 124) < 3 && Math.abs(cb - 86) < 3 && Math.abs(cr - 182) < 3, `${[y, cb, cr]}`);
  });

  it('keeps the label, the overview and what has the label in it apart from the levels', async () => {
    const one = { tile: 4, frames: grays(1) };
    const files = [
      { ...one, width: 4, height: 4, flavor: 'LABEL' },
      { ...SHAPE, frames: grays(6), organization: 'TILED_FULL' as const },
      { ...one, width: 4, height: 4, flavor: 'OVERVIEW' },
      { ...one, width: 4, height: 3, flavor: 'THUMBNAIL' },
      { ...one, width: 4, height: 4, flavor: 'THUMBNAIL', tile: 4 },
      // Has the shape of a level, and the label in it.
      { ...one, width: 4, height: 3, labelInImage: true },
      { ...one, width: 1, height: 4 },
    ];
    const slide = await openDicomSlide(
      files.map((file) => memorySource(wsiByHand(file))),
      codecs,
    );
    assert.equal(slide.levels.length, 1);
    const kinds = slide.associated.map(({ kind, width, height }) => `${kind} ${width}×${height}`);
    assert.deepEqual(kinds.sort(), [
      'label 4×4',
      'macro 4×3',
      'macro 4×4',
      'other 1×4',
      'thumbnail 4×3',
      'thumbnail 4×4',
    ]);
    const label = slide.associated.find(({ kind }) => kind === 'label');
    assert.equal((await label?.read())?.mediaType, 'image/png');
  });

  it('is shown without Image Type where its matrix is in tiles and no label is in it, and else says what is missing', async () => {
    const whole = { ...SHAPE, frames: grays(6), organization: 'TILED_FULL' as const };
    for (const imageType of [undefined, 'ORIGINAL\\PRIMARY'])
      assert.equal((await openByHand({ ...whole, imageType: imageType ?? null })).levels.length, 1, imageType);
    const label = { ...whole, imageType: null, labelInImage: true };
    await assert.rejects(openByHand(label), isFailure('slide-only-label'));
    const oneFrame = { width: 4, height: 4, tile: 4, frames: grays(1), imageType: null };
    await assert.rejects(openByHand(oneFrame), isFailure('slide-only-label'));
  });

  it('is not made of another kind of object, of a label alone, or of two series', async () => {
    const whole = { ...SHAPE, frames: grays(6), organization: 'TILED_FULL' as const };
    await assert.rejects(openByHand({ ...whole, sopClass: '1.2.840.10008.5.1.4.1.1.2' }), isFailure('not-slide'));
    await assert.rejects(openByHand({ ...whole, flavor: 'LABEL' }), isFailure('slide-only-label'));
    const two = [whole, { ...whole, series: '2.25.9' }].map((file) => memorySource(wsiByHand(file)));
    await assert.rejects(openDicomSlide(two, codecs), isFailure('file-damaged'));
    await assert.rejects(openByHand({ ...whole, opticalPaths: 2 }), isFailure('slide-encoding-unsupported'));
    for (const photometric of ['MONOCHROME1', 'PALETTE COLOR', 'RGB']) {
      await assert.rejects(openByHand({ ...whole, photometric }), isFailure('slide-encoding-unsupported'));
    }
  });
});
