import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Failure } from '../../../../server/contract/failure.ts';
import type { Dataset } from '../../../../server/formats/dicom/dataset.ts';
import { readDicomFile } from '../../../../server/formats/dicom/dicom-file.ts';
import { readDataset } from '../../../../server/formats/dicom/read-dataset.ts';
import { dataPath, readData } from '../../../support/data.ts';
import { assertNested, outcomeOf, placedElements, structureMutated } from '../../../support/dataset-structure.ts';
import { seeded } from '../../../support/mutations.ts';

interface Recorded {
  files: Record<string, string>;
  mutations: Record<string, string>;
}

const ROUNDS = 30;
const EXPLICIT = { explicit: true, littleEndian: true };

/** Where the reader before decided otherwise: [sample and round, what is said now, why]. */
const OTHERWISE: [string, string, string][] = [
  [
    'dicom/color/testpattern_jpeg_ybrfull.dcm 14',
    'file-damaged file-damaged',
    'in an item only SQ, UN and pixel data may lack a length; the items of the former SQ were taken for fragments',
  ],
  ['dicom/series/pt-wholebody-qin0024_seg/seg_tumor.dcm 14', 'file-damaged file-damaged', 'the same'],
  ['dicom/series/pt-wholebody-qin0024_seg/seg_tumor.dcm 18', 'file-damaged file-damaged', 'the same'],
  [
    'dicom/malformed/nested_priv_sq.dcm 17',
    'file-truncated 369d9f29f304d11b',
    'two faults: items of a private sequence inside an item are read after what follows them',
  ],
  ['dicom/malformed/un_sequence.dcm 8', 'file-damaged file-damaged', 'two faults, of which the other is told'],
  [
    'pathology/dicom-wsi-cmu1/level-8-frames-0-1.dcm 7',
    'file-damaged file-damaged',
    'an item outside any sequence is no element; it was passed over',
  ],
];

const recorded: Recorded = JSON.parse(readFileSync(dataPath('dicom-structures.json'), 'utf8'));

function reasonOf(read: () => unknown): string | undefined {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof Failure, String(error));
    return error.reason;
  }
  return undefined;
}

/** A sequence (0040,A730) around what is given. */
function sequence(value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + value.length);
  bytes.set([0x40, 0, 0x30, 0xa7, 0x53, 0x51, 0, 0]);
  new DataView(bytes.buffer).setUint32(8, value.length, true);
  bytes.set(value, 12);
  return bytes;
}

/** The heads of elements or items without value, each with its own tag where `tagOf` gives one. */
function emptyHeads(count: number, tagOf: (index: number) => number): Uint8Array {
  const bytes = new Uint8Array(count * 8);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < count; index += 1) {
    const tag = tagOf(index);
    view.setUint16(index * 8, tag >>> 16, true);
    view.setUint16(index * 8 + 2, tag & 0xffff, true);
  }
  return bytes;
}

describe('the structure of a DICOM file', () => {
  it('is what the reader before dicom-parser found, in every sample, whole and up to the pixels', async function () {
    this.timeout(180_000);
    for (const [path, before] of Object.entries(recorded.files)) {
      const bytes = await readData(path);
      assert.equal(`${outcomeOf(bytes, false)} ${outcomeOf(bytes, true)}`, before, path);
    }
  });

  it('is told as before where lengths, VRs and delimiters are wrong, and nothing lies outside what is around it', async function () {
    this.timeout(180_000);
    const otherwise = new Map(OTHERWISE.map(([name, outcome]) => [name, outcome]));
    for (const [path, before] of Object.entries(recorded.mutations)) {
      const bytes = await readData(path);
      const places = placedElements(readDicomFile(bytes, { partial: true }).dataset);
      const random = seeded(bytes.length);
      const outcomes = Array.from({ length: ROUNDS }, (_, round) => {
        const changed = structureMutated(bytes, places, random);
        const outcome = `${outcomeOf(changed, false)} ${outcomeOf(changed, true)}`;
        if (/^[0-9a-f]{16} /.test(outcome)) assertNested(readDicomFile(changed).dataset);
        const expected = otherwise.get(`${path} ${round}`);
        if (expected === undefined) return outcome;
        assert.equal(outcome, expected, `${path} ${round}`);
        return '';
      });
      const hash = createHash('sha256').update(outcomes.join('\n')).digest('hex').slice(0, 16);
      assert.equal(hash, before, path);
    }
  });

  it('may have 64-bit values, whose VRs dicom-parser does not know', () => {
    const head = [0xe0, 0x7f, 1, 0, 0x4f, 0x56, 0, 0, 8, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];
    for (const second of [0x4f, 0x53, 0x55]) {
      const own = Uint8Array.from(head);
      own[4] = second;
      const nested = sequence(Uint8Array.from([0xfe, 0xff, 0, 0xe0, own.length, 0, 0, 0, ...own]));
      const top = readDataset(own, 0, EXPLICIT).elements.get('7FE00001');
      const item = readDataset(nested, 0, EXPLICIT).elements.get('0040A730')?.items?.[0];
      const inner = item?.elements.get('7FE00001');
      const vr = String.fromCharCode(second, 0x56);
      assert.deepEqual([top?.vr, top?.offset, top?.length], [vr, 12, 8]);
      assert.deepEqual([inner?.vr, inner?.offset, inner?.length], [vr, 32, 8]);
    }
  });

  it('may have delimiters that bear a length, which counts for nothing', () => {
    const item = [0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff, 0xff, 0x10, 0, 0x20, 0, 0x4c, 0x4f, 2, 0, 0x31, 0x20];
    const ends = [0xfe, 0xff, 0x0d, 0xe0, 7, 0, 0, 0, 0xfe, 0xff, 0xdd, 0xe0, 9, 0, 0, 0];
    const after = [0x40, 0, 0x31, 0xa7, 0x4c, 0x4f, 2, 0, 0x32, 0x20];
    const bytes = sequence(Uint8Array.from([...item, ...ends, ...after]));
    new DataView(bytes.buffer).setUint32(8, 0xffffffff, true);
    const { elements } = readDataset(bytes, 0, EXPLICIT);
    assert.deepEqual([...elements.keys()], ['0040A730', '0040A731']);
    assert.deepEqual([...(elements.get('0040A730')?.items?.[0]?.elements.keys() ?? [])], ['00100020']);
  });

  it('is refused, not searched through, where an element in an item lacks a length', () => {
    const inner = [0x10, 0, 0x20, 0, 0x55, 0x54, 0, 0, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4, 5, 6, 7, 8];
    const item = [0xfe, 0xff, 0, 0xe0, inner.length, 0, 0, 0, ...inner];
    assert.equal(
      reasonOf(() => readDataset(sequence(Uint8Array.from(item)), 0, EXPLICIT)),
      'file-damaged',
    );
  });

  it('is noticed to be cut off in implicit VR, at the end of the file and inside an item', () => {
    const implicit = { explicit: false, littleEndian: true };
    const bytes = Uint8Array.from([0x10, 0, 0x20, 0, 9, 0, 0, 0, 1, 2]);
    assert.equal(
      reasonOf(() => readDataset(bytes, 0, implicit)),
      'file-truncated',
    );
    assert.equal(readDataset(bytes, 0, implicit, true).cut, true);
    const item = [0xfe, 0xff, 0, 0xe0, bytes.length, 0, 0, 0, ...bytes];
    const around = [0x40, 0, 0x30, 0xa7, item.length, 0, 0, 0, ...item, ...new Uint8Array(40)];
    assert.equal(
      reasonOf(() => readDataset(Uint8Array.from(around), 0, implicit)),
      'file-damaged',
    );
  });

  it('is read to a bound: eight million bytes of empty items or elements do not fill the memory', function () {
    this.timeout(180_000);
    const before = process.memoryUsage().rss;
    const items = sequence(emptyHeads(1_000_000, () => 0xfffee000));
    assert.equal(
      reasonOf(() => readDataset(items, 0, EXPLICIT)),
      'file-damaged',
    );
    const elements = emptyHeads(200_000, (index) => 0x00080000 + index);
    let read: Dataset | undefined;
    assert.equal(
      reasonOf(() => {
        read = readDataset(elements, 0, { explicit: false, littleEndian: true });
      }),
      undefined,
    );
    assert.equal(read?.elements.size, 200_000);
    const grown = process.memoryUsage().rss - before;
    assert.ok(grown < 900 * 1024 ** 2, `${grown} bytes of memory more than before`);
  });
});
