import assert from 'node:assert/strict';
import { Failure } from '../../../../server/contract/failure.ts';
import { readDicomFile } from '../../../../server/formats/dicom/dicom-file.ts';
import { frameBytes, locateFrames } from '../../../../server/formats/dicom/frames.ts';
import { type DicomJson, jsonAttributes } from '../../../../server/formats/dicom/json-attributes.ts';
import { readImage } from '../../../../server/formats/image/image.ts';
import { findPalette } from '../../../../server/formats/image/lookup-table.ts';
import { type BuiltElement, buildFile, element, imageElements, ul, us } from '../../../support/imaging-built.ts';
import { decodeSample, imageOf, openSample } from '../../../support/imaging-world.ts';

const EXPLICIT = '1.2.840.10008.1.2.1';
const JPEG = '1.2.840.10008.1.2.4.50';

/** Four frames in six fragments; the second and the third frame have two. */
const FRAGMENTS = [
  [0xff, 0xd8, 0xff, 1],
  [0xff, 0xd8, 0xff, 2],
  [2, 2, 2, 2, 2, 2],
  [0xff, 0xd8, 0xff, 3],
  [3, 3],
  [0xff, 0xd8, 0xff, 4],
].map((bytes) => Uint8Array.from(bytes));
const OFFSETS = [0, 12, 38, 60];

function encapsulated(table: Uint8Array, more: BuiltElement[] = [], fragments = FRAGMENTS): Uint8Array {
  const pixels = { tag: '7FE00010', vr: 'OB', value: '', fragments: [table, ...fragments] };
  return buildFile(JPEG, [...imageElements(8, 8, 8, 4), ...more, pixels]);
}

/** The last byte of each frame tells which it is. */
const framesOf = (bytes: Uint8Array) => {
  const file = readDicomFile(bytes);
  return locateFrames(file).map((_, index) => frameBytes(file, index + 1));
};

describe('frames in fragments', () => {
  const expected = [
    [0xff, 0xd8, 0xff, 1],
    [0xff, 0xd8, 0xff, 2, 2, 2, 2, 2, 2, 2],
    [0xff, 0xd8, 0xff, 3, 3, 3],
    [0xff, 0xd8, 0xff, 4],
  ];

  it('are found by the Basic Offset Table', () => {
    assert.deepEqual(
      framesOf(encapsulated(ul(...OFFSETS))).map((frame) => [...frame]),
      expected,
    );
  });

  it('are found by the Extended Offset Table', () => {
    const offsets = element('7FE00001', 'OV', ul(...OFFSETS.flatMap((offset) => [offset, 0])));
    const lengths = element('7FE00002', 'OV', ul(...[4, 10, 6, 4].flatMap((length) => [length, 0])));
    assert.deepEqual(
      framesOf(encapsulated(ul(), [offsets, lengths])).map((frame) => [...frame]),
      expected,
    );
  });

  it('are found by their beginnings where there is no table, or a wrong one', () => {
    for (const table of [ul(), ul(0, 1, 2, 3), ul(0, 12, 12, 60), ul(0, 12)]) {
      assert.deepEqual(
        framesOf(encapsulated(table)).map((frame) => [...frame]),
        expected,
      );
    }
  });

  it('are refused where nothing tells them apart, or some are missing', () => {
    const blank = FRAGMENTS.map(() => Uint8Array.of(1, 2, 3, 4));
    assert.throws(
      () => framesOf(encapsulated(ul(), [], blank)),
      (error) => error instanceof Failure && error.reason === 'file-damaged',
    );
    assert.throws(
      () => framesOf(encapsulated(ul(), [], blank.slice(0, 3))),
      (error) => error instanceof Failure && error.reason === 'file-truncated',
    );
  });

  it('of an object without pixels do not exist', () => {
    assert.throws(
      () => framesOf(buildFile(EXPLICIT, [])),
      (error) => error instanceof Failure && error.reason === 'no-pixels',
    );
  });
});

describe('uncompressed frames', () => {
  it('of one bit begin within a byte where the frame before ended there', async () => {
    // Three frames of 3 × 3: only the first pixel, only the last, all.
    const bits = '100000000' + '000000001' + '111111111';
    const packed = new Uint8Array(4);
    [...bits].forEach((bit, index) => {
      packed[index >> 3] = (packed[index >> 3] ?? 0) | (Number(bit) << (index & 7));
    });
    const file = readDicomFile(buildFile(EXPLICIT, [...imageElements(3, 3, 1, 3), element('7FE00010', 'OB', packed)]));
    const decoded = await decodeSample(file);
    assert.deepEqual(
      decoded.map(({ pixels }) => [...pixels.data].join('')),
      ['100000000', '000000001', '111111111'],
    );
  });

  it('lose what stands in the bits that are not stored', async () => {
    const elements = imageElements(1, 3, 16, 1).map((item) => {
      if (item.tag === '00280101') return { ...item, value: us(12) };
      return item.tag === '00280102' ? { ...item, value: us(11) } : item;
    });
    const pixels = element('7FE00010', 'OW', us(0xf001, 0x0fff, 0xa800));
    const [unsigned] = await decodeSample(readDicomFile(buildFile(EXPLICIT, [...elements, pixels])));
    assert.deepEqual([...(unsigned?.pixels.data ?? [])], [1, 4095, 2048]);
    const signedElements = elements.map((item) => (item.tag === '00280103' ? { ...item, value: us(1) } : item));
    const [signed] = await decodeSample(readDicomFile(buildFile(EXPLICIT, [...signedElements, pixels])));
    assert.deepEqual([...(signed?.pixels.data ?? [])], [1, -1, -2048]);
  });
});

/** An RLE frame of one segment, all of it literal runs: PS3.5 section G.3. */
function rleFrame(bytes: Uint8Array): Uint8Array {
  const runs: number[] = [];
  for (let at = 0; at < bytes.length; at += 128) {
    const run = bytes.subarray(at, at + 128);
    runs.push(run.length - 1, ...run);
  }
  const header = new Uint8Array(64);
  header.set([1, 0, 0, 0, 64]);
  return Uint8Array.from([...header, ...runs]);
}

describe('segmentations of one bit in RLE', () => {
  const RLE = '1.2.840.10008.1.2.5';
  const ONES = [1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 0, 0, 0, 1];
  const segmentation = (...frames: Uint8Array[]) => {
    const pixels = { tag: '7FE00010', vr: 'OB', value: '', fragments: [new Uint8Array(), ...frames.map(rleFrame)] };
    return readDicomFile(buildFile(RLE, [...imageElements(3, 5, 1, frames.length), pixels]));
  };

  it('are drawn with eight pixels in a byte, as the standard has them, each frame from a byte of its own', async () => {
    const packed = Uint8Array.of(0b01011001, 0b01000111);
    const frames = await decodeSample(segmentation(packed, Uint8Array.of(0, 0x40)));
    assert.deepEqual([...(frames[0]?.pixels.data ?? [])], ONES);
    assert.deepEqual([...(frames[1]?.pixels.data ?? [])], [...Array(14).fill(0), 1]);
  });

  it('are drawn too where a writer gave each pixel a byte', async () => {
    const [frame] = await decodeSample(segmentation(Uint8Array.from(ONES)));
    assert.deepEqual([...(frame?.pixels.data ?? [])], ONES);
  });

  it('are refused where bits are missing', async () => {
    const short = segmentation(Uint8Array.of(0b01011001));
    await assert.rejects(decodeSample(short), (error) => error instanceof Failure && error.reason === 'file-damaged');
  });
});

describe('files that other readers only warn of', () => {
  it('are read where an element’s value representation is blank', () => {
    const bytes = buildFile(EXPLICIT, [
      ...imageElements(2, 2, 8, 1),
      element('00080060', 'CS', 'MR'),
      element('7FE00010', 'OB', Uint8Array.of(1, 2, 3, 4)),
    ]);
    const at = Buffer.from(bytes).indexOf(Buffer.from([0x08, 0x00, 0x60, 0x00, 0x43, 0x53]));
    for (const blank of [0x20, 0]) {
      const file = bytes.slice();
      file.fill(blank, at + 4, at + 6);
      const image = imageOf(readDicomFile(file));
      assert.deepEqual([image.modality, image.rows, image.columns], ['MR', 2, 2]);
    }
    const nonsense = bytes.slice();
    nonsense.set([0x7f, 0x01], at + 4);
    assert.throws(() => readDicomFile(nonsense), Failure);
  });

  it('say that their compression is not supported, not that there are no pixels, where those are Philips’ own', () => {
    const image = imageElements(2, 2, 16, 1);
    const file = readDicomFile(buildFile(EXPLICIT, [...image, element('07A1100A', 'OB', Uint8Array.of(1, 2))]));
    const reasonOf = (read: () => unknown) => {
      try {
        read();
      } catch (error) {
        return error instanceof Failure ? error.reason : error;
      }
      return undefined;
    };
    assert.equal(
      reasonOf(() => locateFrames(file)),
      'transfer-syntax-unsupported',
    );
    assert.equal(imageOf(file).onlyOverlays, false);
    assert.equal(
      reasonOf(() => locateFrames(readDicomFile(buildFile(EXPLICIT, image)))),
      'no-pixels',
    );
  });
});

describe('what an image says about itself', () => {
  it('is told of each frame of an enhanced object: place, window, rescale, spacing', async () => {
    const group = (tag: string, item: DicomJson) => ({ [tag]: { vr: 'SQ', Value: [item] } });
    const ds = (...values: number[]) => ({ vr: 'DS', Value: values });
    const frame = (z: number, center: number): DicomJson => ({
      ...group('00209113', { '00200032': ds(0, 0, z) }),
      ...group('00289132', { '00281050': ds(center), '00281051': ds(400) }),
    });
    const json: DicomJson = {
      '00280010': { vr: 'US', Value: [2] },
      '00280011': { vr: 'US', Value: [2] },
      '00280100': { vr: 'US', Value: [16] },
      '00280008': { vr: 'IS', Value: [2] },
      '00080060': { vr: 'CS', Value: ['CT'] },
      '52009229': {
        vr: 'SQ',
        Value: [
          {
            ...group('00289110', { '00280030': ds(0.5, 0.4), '00180050': ds(3) }),
            ...group('00209116', { '00200037': ds(1, 0, 0, 0, 1, 0) }),
            ...group('00289145', { '00281052': ds(-1024), '00281053': ds(2), '00281054': { vr: 'LO', Value: ['HU'] } }),
          },
        ],
      },
      '52009230': { vr: 'SQ', Value: [frame(10, 40), frame(13, -600)] },
    };
    const [first, second] = [1, 2].map((number) => readImage(jsonAttributes(json), number));
    assert.deepEqual(first?.imagePositionPatient, [0, 0, 10]);
    assert.deepEqual(second?.imagePositionPatient, [0, 0, 13]);
    assert.deepEqual(second?.windows, [{ center: -600, width: 400, function: 'LINEAR', explanation: '' }]);
    for (const image of [first, second]) {
      assert.deepEqual(image?.calibration.spacing, { rowMm: 0.5, columnMm: 0.4 });
      assert.deepEqual(
        [image?.rescaleSlope, image?.rescaleIntercept, image?.rescaleType, image?.sliceThicknessMm],
        [2, -1024, 'HU', 3],
      );
      assert.deepEqual(image?.imageOrientationPatient, [1, 0, 0, 0, 1, 0]);
    }
    const enhanced = await openSample('dicom/multiframe/mf_bot_rle.dcm');
    assert.deepEqual(imageOf(enhanced, 2).windows[0]?.center, 49);
  });

  it('leaves out windows that cannot be: width 0, or below 1 where the function is linear', async () => {
    assert.deepEqual(imageOf(await openSample('dicom/series/mr-brain-axial/brain_010.dcm')).windows, []);
    const windows = (voiFunction: string) =>
      readImage(
        jsonAttributes({
          '00280010': { vr: 'US', Value: [2] },
          '00280011': { vr: 'US', Value: [2] },
          '00280100': { vr: 'US', Value: [16] },
          '00281050': { vr: 'DS', Value: [1, 2, 3] },
          '00281051': { vr: 'DS', Value: [0, 0.5, 100] },
          '00281056': { vr: 'CS', Value: [voiFunction] },
        }),
      ).windows.map(({ center }) => center);
    assert.deepEqual(windows('LINEAR'), [3]);
    assert.deepEqual(windows('LINEAR_EXACT'), [2, 3]);
    assert.deepEqual(windows('SIGMOID'), [2, 3]);
  });

  it('reads a palette written in segments', () => {
    const channel = (n: number, ...segments: number[]): DicomJson => ({
      [`0028110${n}`]: { vr: 'US', Value: [8, 0, 16] },
      [`0028122${n}`]: { vr: 'OW', InlineBinary: btoa(String.fromCharCode(...us(...segments))) },
    });
    const palette = findPalette(
      jsonAttributes({
        // Two entries, then six in a straight line up to FFFFH; the same once more by reference; eight plain ones.
        ...channel(1, 0, 2, 0, 0x2000, 1, 6, 0xe000),
        ...channel(2, 0, 4, 0x1000, 0x2000, 0x3000, 0x4000, 2, 1, 0, 0),
        ...channel(3, 0, 8, 0, 256, 512, 768, 1024, 1280, 1536, 1792),
      }),
      false,
    );
    assert.deepEqual([...(palette?.red ?? [])], [0, 0x20, 0x40, 0x60, 0x80, 0xa0, 0xc0, 0xe0]);
    assert.deepEqual([...(palette?.green ?? [])], [0x10, 0x20, 0x30, 0x40, 0x10, 0x20, 0x30, 0x40]);
    assert.deepEqual([...(palette?.blue ?? [])], [0, 1, 2, 3, 4, 5, 6, 7]);
  });
});
