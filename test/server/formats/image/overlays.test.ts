import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { readDicomFile } from '../../../../server/formats/dicom/dicom-file.ts';
import { drawOverlays } from '../../../../server/formats/image/draw-overlays.ts';
import { renderRgba } from '../../../../server/formats/image/render.ts';
import { blankPixels } from '../../../../server/formats/image/stored-pixels.ts';
import { renderFrame } from '../../../../server/pictures/imaging/render-frame.ts';
import { type BuiltElement, buildFile, element, imageElements, us } from '../../../support/imaging-built.ts';
import { decodeSample, imageOf } from '../../../support/imaging-world.ts';

const EXPLICIT_LE = '1.2.840.10008.1.2.1';
const ss = (...values: number[]) => new Uint8Array(Int16Array.from(values).buffer);

/** A plane of `rows` × `columns` whose bits are given as text, `#` set. */
function plane(group: string, lines: string[], origin: [row: number, column: number] = [1, 1]): BuiltElement[] {
  const bits = lines.join('');
  const bytes = new Uint8Array(Math.ceil(bits.length / 16) * 2);
  for (const [at, sign] of [...bits].entries())
    if (sign === '#') bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (1 << (at & 7));
  return [
    element(`${group}0010`, 'US', us(lines.length)),
    element(`${group}0011`, 'US', us(lines[0]?.length ?? 0)),
    element(`${group}0040`, 'CS', 'G'),
    element(`${group}0050`, 'SS', ss(...origin)),
    element(`${group}0100`, 'US', us(1)),
    element(`${group}0102`, 'US', us(0)),
    element(`${group}3000`, 'OW', bytes),
  ];
}

const black = (bytes: number) => element('7FE00010', 'OB', new Uint8Array(bytes));

/** Each frame of the file with its overlays, as lines of text: `#` white, `.` black. */
async function drawn(elements: BuiltElement[]): Promise<string[][]> {
  const frames = await decodeSample(readDicomFile(buildFile(EXPLICIT_LE, elements)));
  return frames.map(({ image, pixels, overlays }) => {
    const rgba = renderRgba(pixels, image, { center: 128, width: 256, function: 'LINEAR' }, false);
    drawOverlays(rgba, image, overlays, [255, 255, 255]);
    return Array.from({ length: image.rows }, (_, row) =>
      Array.from({ length: image.columns }, (_, column) =>
        (rgba[(row * image.columns + column) * 4] ?? 0) > 127 ? '#' : '.',
      ).join(''),
    );
  });
}

const MARK = ['#...', '.##.'];

describe('overlay planes', () => {
  it('are drawn over the picture where their origin says, also half outside of it', async () => {
    const image = [...imageElements(4, 5, 8, 1), black(20)];
    assert.deepEqual(await drawn([...image, ...plane('6000', MARK)]), [['#....', '.##..', '.....', '.....']]);
    assert.deepEqual(await drawn([...image, ...plane('6002', MARK, [3, 4])]), [['.....', '.....', '...#.', '....#']]);
    assert.deepEqual(await drawn([...image, ...plane('601E', MARK, [0, 0])]), [['##...', '.....', '.....', '.....']]);
  });

  it('in the unused high bits of the pixels are drawn and leave the values alone', async () => {
    const pixels = us(5, 0x8005, 5, 0x4005);
    const elements = [
      ...imageElements(2, 2, 16, 1).filter(({ tag }) => tag !== '00280101' && tag !== '00280102'),
      element('00280101', 'US', us(12)),
      element('00280102', 'US', us(11)),
      element('60000100', 'US', us(16)),
      element('60000102', 'US', us(15)),
      element('60020100', 'US', us(16)),
      element('60020102', 'US', us(14)),
      element('7FE00010', 'OW', pixels),
    ];
    assert.deepEqual(await drawn(elements), [['.#', '.#']]);
    const [frame] = await decodeSample(readDicomFile(buildFile(EXPLICIT_LE, elements)));
    assert.deepEqual([...(frame?.pixels.data ?? [])], [5, 5, 5, 5]);
  });

  it('of a cine lie over the frames they are meant for', async () => {
    const cine = [...imageElements(2, 4, 8, 4), black(32)];
    const [none] = await drawn(cine);
    assert.deepEqual(await drawn([...cine, ...plane('6000', MARK)]), [MARK, MARK, MARK, MARK], 'one for all');
    const second = ['....', '####'];
    const two = [
      ...plane('6000', [...MARK, ...second]).filter(({ tag }) => tag !== '60000010'),
      element('60000010', 'US', us(2)),
      element('60000015', 'IS', '2'),
      element('60000051', 'US', us(2)),
    ];
    assert.deepEqual(await drawn([...cine, ...two]), [none, MARK, second, none]);
  });

  it('that are a region show its outline, and the tissue within', async () => {
    const region = plane('6000', ['.....', '.###.', '.###.', '.###.', '.....']).map((each) =>
      each.tag === '60000040' ? element('60000040', 'CS', 'R') : each,
    );
    const [frame] = await drawn([...imageElements(5, 5, 8, 1), black(25), ...region]);
    assert.deepEqual(frame, ['.....', '.###.', '.#.#.', '.###.', '.....']);
  });

  it('whose bits are too few are left out, and the picture stays', async () => {
    const short = plane('6000', MARK).map((each) =>
      each.tag === '60003000' ? element('60003000', 'OW', new Uint8Array(0)) : each,
    );
    assert.deepEqual(await drawn([...imageElements(2, 4, 8, 1), black(8), ...short]), [['....', '....']]);
  });

  it('alone make a picture of their own, said to be without an image', () => {
    const file = readDicomFile(buildFile(EXPLICIT_LE, plane('6000', MARK)));
    const image = imageOf(file);
    assert.deepEqual([image.onlyOverlays, image.rows, image.columns], [true, 2, 4]);
    assert.equal(blankPixels(image).data.length, 8);
  });

  it('[DW6] are in the picture that the server draws, and make one where there is no other', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'overlays-'));
    try {
      const sized = [element('00280010', 'US', us(2)), element('00280011', 'US', us(4))];
      for (const [number, elements] of [[...imageElements(2, 4, 8, 1), black(8)], sized].entries()) {
        const path = join(folder, `${number}.dcm`);
        const bytes = buildFile(EXPLICIT_LE, [...elements, ...plane('6000', MARK)]);
        await writeFile(path, bytes);
        const rendering = { mediaType: 'image/png', frame: null, window: null, viewport: null, quality: 90 } as const;
        const png = await renderFrame({ path, sizeBytes: bytes.length, ...rendering });
        const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
        assert.deepEqual([info.width, info.height], [4, 2]);
        assert.deepEqual([...data], [255, 0, 0, 0, 0, 255, 255, 0]);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
