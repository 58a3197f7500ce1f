import assert from 'node:assert/strict';
import { Failure } from '../../../../server/contract/failure.ts';
import { readDicomFile } from '../../../../server/formats/dicom/dicom-file.ts';
import { toDicomJson } from '../../../../server/formats/dicom/dicom-json.ts';
import { frameBytes, locateFrames } from '../../../../server/formats/dicom/frames.ts';
import { headerOf, readHeader } from '../../../../server/formats/dicom/header.ts';
import { parsedAttributes } from '../../../../server/formats/dicom/parsed-attributes.ts';
import { readImage } from '../../../../server/formats/image/image.ts';
import { orderSeries } from '../../../../server/formats/image/series-order.ts';
import { readData } from '../../../support/data.ts';
import { mutated, seeded } from '../../../support/mutations.ts';

const SAMPLES = [
  'dicom/charset/chrH32.dcm',
  'dicom/charset/chrSQEncoding.dcm',
  'dicom/color/sc_rgb_rle_2frame.dcm',
  'dicom/color/sc_rgb_small_odd_big_endian.dcm',
  'dicom/derived/gsps_ct_marks.dcm',
  'dicom/derived/name_gbk_undeclared.dcm',
  'dicom/dicomdir/tiny-alpha/DICOMDIR',
  'dicom/malformed/image_dfl.dcm',
  'dicom/malformed/jpeg2000-embedded-sequence-delimiter.dcm',
  'dicom/malformed/un_sequence.dcm',
  'dicom/seg-rt/rtplan.dcm',
  'dicom/seg-rt/seg_image_ct_binary.dcm',
  'dicom/sr/sr_comprehensive.dcm',
  'dicom/syntax/jpeglsnearlossless_08.dcm',
];
const ROUNDS = 2500;

/** All that the server and the browser do with a file that somebody sends. */
function readEverything(bytes: Uint8Array): void {
  readHeader(bytes, { partial: true });
  const file = readDicomFile(bytes);
  JSON.stringify(toDicomJson(file, { bulkDataUri: (path) => path }));
  headerOf(file);
  const frames = locateFrames(file);
  frameBytes(file, frames.length, frames);
  orderSeries([readImage(parsedAttributes(file.dataset), 1), readImage(parsedAttributes(file.dataset), 2)]);
}

describe('files that are broken in ways nobody thought of', () => {
  it(`never bring the reader down (${ROUNDS} random mutations)`, async function () {
    this.timeout(180_000);
    const random = seeded(20261123);
    const samples = await Promise.all(SAMPLES.map(readData));
    const before = process.memoryUsage().rss;
    let refused = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const sample = samples[round % samples.length];
      assert.ok(sample);
      const bytes = mutated(sample, random);
      try {
        readEverything(bytes);
      } catch (error) {
        assert.ok(
          error instanceof Failure,
          `round ${round}, ${SAMPLES[round % samples.length]}: ${error instanceof Error ? error.stack : error}`,
        );
        refused += 1;
      }
    }
    // Most are refused, some survive: the mutations are neither harmless nor all alike.
    assert.ok(refused > ROUNDS / 2 && refused < ROUNDS, `${refused} refused`);
    const grown = process.memoryUsage().rss - before;
    assert.ok(grown < 400 * 1024 ** 2, `${grown} bytes of memory more than before`);
  });

  it('does not nest without end', () => {
    // (0040,A730) SQ of undefined length, an item of undefined length, and so on, a hundred thousand times.
    const opening = [
      0x40, 0, 0x30, 0xa7, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff, 0xff,
    ];
    const meta = [2, 0, 0x10, 0, 0x55, 0x49, 20, 0, ...new TextEncoder().encode('1.2.840.10008.1.2.1'), 0];
    const bytes = new Uint8Array(132 + meta.length + opening.length * 100_000);
    bytes.set(new TextEncoder().encode('DICM'), 128);
    bytes.set(meta, 132);
    for (let n = 0; n < 100_000; n += 1) bytes.set(opening, 132 + meta.length + n * opening.length);
    assert.throws(
      () => readHeader(bytes),
      (error) => error instanceof Failure && error.reason === 'file-damaged',
    );
  });
});
