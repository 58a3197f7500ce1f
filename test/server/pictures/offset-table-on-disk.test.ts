import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../../server/contract/failure.ts';
import { inspectFile } from '../../../server/pictures/thread/inspect-file.ts';
import { openImage } from '../../../server/pictures/thread/opened-files.ts';
import { type BuiltElement, buildFile, element, imageElements, ul } from '../../support/imaging-built.ts';
import { seeded } from '../../support/mutations.ts';

const JPEG = '1.2.840.10008.1.2.4.50';
const FRAMES = 40;
const ITEM_HEAD_BYTES = 8;

/** Together more than a server reads at once; every other one is odd, and padded in its item. */
const frames = Array.from({ length: FRAMES }, (_, index) => {
  const bytes = new Uint8Array(450_000 + index * 3).fill(index + 1);
  bytes.set([0xff, 0xd8, 0xff]);
  return bytes;
});
const even = (length: number): number => length + (length % 2);
const lengths = frames.map(({ length }) => length);
const offsets = lengths.map((_, frame) =>
  lengths.slice(0, frame).reduce((sum, length) => sum + ITEM_HEAD_BYTES + even(length), 0),
);
const wide = (...numbers: number[]): Uint8Array => ul(...numbers.flatMap((number) => [number, 0]));

interface Tables {
  offsets?: Uint8Array;
  lengths?: Uint8Array;
  basic?: Uint8Array;
}

function objectWith(tables: Tables, from = frames): Uint8Array {
  const more: BuiltElement[] = [];
  if (tables.offsets) more.push(element('7FE00001', 'OV', tables.offsets));
  if (tables.lengths) more.push(element('7FE00002', 'OV', tables.lengths));
  const pixels = { tag: '7FE00010', vr: 'OB', value: '', fragments: [tables.basic ?? new Uint8Array(), ...from] };
  return buildFile(JPEG, [...imageElements(8, 8, 8, FRAMES), ...more, pixels]);
}

describe('a large compressed object on the disk', function () {
  this.timeout(180_000);
  let folder: string;
  let files = 0;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huizhen-frames-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function stored(bytes: Uint8Array) {
    files += 1;
    const path = join(folder, `${files}.dcm`);
    await writeFile(path, bytes);
    return { path, sizeBytes: bytes.length };
  }

  async function assertAllFrames(bytes: Uint8Array, message: string): Promise<void> {
    const local = await stored(bytes);
    const image = await openImage(local);
    assert.equal(image.isWhole, false);
    for (const frame of [FRAMES, 1, 2, 17, 18, 19, 20]) {
      const read = await image.readFrame(frame);
      const expected = frames[frame - 1];
      assert.ok(expected);
      assert.equal(read.length, even(expected.length), `${message}: frame ${frame}`);
      assert.ok(Buffer.from(expected).equals(read.subarray(0, expected.length)), `${message}: frame ${frame}`);
    }
    await rm(local.path);
  }

  /** Where the item tag of a frame stands. */
  const itemOf = (bytes: Uint8Array, frame: number): number => {
    const pixels = Buffer.from(bytes.buffer).indexOf(Buffer.from([0xe0, 0x7f, 0x10, 0]));
    return pixels + 12 + ITEM_HEAD_BYTES + (offsets[frame - 1] ?? 0);
  };

  it('hands out its frames by its Extended Offset Table, with or without the padding in the lengths', async () => {
    const table = wide(...offsets);
    await assertAllFrames(objectWith({ offsets: table, lengths: wide(...lengths) }), 'lengths as they are');
    await assertAllFrames(objectWith({ offsets: table, lengths: wide(...lengths.map(even)) }), 'padded lengths');
  });

  it('is not walked through for one frame where the table says where it is, but refused when it is stored', async () => {
    const bytes = objectWith({ offsets: wide(...offsets), lengths: wide(...lengths) });
    bytes[itemOf(bytes, 30)] = 0;
    const local = await stored(bytes);
    const isDamaged = (thrown: unknown) => thrown instanceof Failure && thrown.reason === 'file-damaged';
    assert.ok(Buffer.from(frames[6] ?? []).equals(await (await openImage(local)).readFrame(7)));
    await assert.rejects((await openImage(local)).readFrame(30), isDamaged);
    await assert.rejects(inspectFile(local), isDamaged);
  });

  it('hands out the same frames where the table is missing, odd, or contradicts itself or the file', async () => {
    const good = { offsets: wide(...offsets), lengths: wide(...lengths) };
    const changed = (list: number[], index: number, by: number) => list.map((n, at) => (at === index ? n + by : n));
    const huge = wide(...offsets);
    huge[8 * 20 + 7] = 0x7f;
    const tables: Record<string, Tables> = {
      'no table': {},
      'a Basic Offset Table': { basic: ul(...offsets) },
      'both tables': { ...good, basic: ul(...offsets) },
      'no lengths': { offsets: good.offsets },
      'no offsets': { lengths: good.lengths },
      'an offset of half its bytes': { ...good, offsets: good.offsets.subarray(0, -4) },
      'one offset too few': { ...good, offsets: good.offsets.subarray(0, -8) },
      'one frame too few': { offsets: good.offsets.subarray(0, -8), lengths: good.lengths.subarray(0, -8) },
      'one frame too many': { offsets: wide(...offsets, 9e8), lengths: wide(...lengths, 4) },
      '32-bit numbers': { offsets: ul(...offsets), lengths: ul(...lengths) },
      zeros: { offsets: wide(...offsets.map(() => 0)), lengths: good.lengths },
      'offsets from the table instead of the first fragment': { ...good, offsets: wide(...offsets.map((o) => o + 8)) },
      'offsets of values instead of items': { ...good, offsets: wide(0, ...offsets.slice(1).map((o) => o + 8)) },
      'two offsets in the wrong order': {
        ...good,
        offsets: wide(...offsets.map((o, at) => (at === 17 ? (offsets[18] ?? o) : at === 18 ? (offsets[17] ?? o) : o))),
      },
      'an offset beyond any file': { ...good, offsets: huge },
      'a length that runs into the next frame': { ...good, lengths: wide(...changed(lengths, 17, 2)) },
      'a border in the wrong place': {
        offsets: wide(...changed(offsets, 18, 2)),
        lengths: wide(...changed(changed(lengths, 17, 2), 18, -2)),
      },
      'a last length that is too long': { ...good, lengths: wide(...changed(lengths, FRAMES - 1, 1000)) },
    };
    for (const [name, table] of Object.entries(tables)) await assertAllFrames(objectWith(table), name);
  });

  it('hands out right frames or none, whatever stands in the table', async () => {
    const random = seeded(7_0001);
    for (let round = 0; round < 10; round += 1) {
      const table = { offsets: wide(...offsets), lengths: wide(...lengths) };
      for (let changes = 0; changes < 3; changes += 1) {
        const bytes = random() < 0.5 ? table.offsets : table.lengths;
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      }
      await assertAllFrames(objectWith(table), `round ${round}`);
    }
  });
});
