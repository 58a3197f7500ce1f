import assert from 'node:assert/strict';
import { Failure } from '../../../../server/contract/failure.ts';
import { frameBytes, frameTransferSyntaxUid } from '../../../../server/formats/dicom/frames.ts';
import { decodeFrame } from '../../../../server/formats/image/decode.ts';
import { codecs, imageOf, openSample } from '../../../support/imaging-world.ts';
import { mutated, seeded } from '../../../support/mutations.ts';

function isDamage(error: unknown): boolean {
  return error instanceof Failure && (error.reason === 'file-damaged' || error.reason === 'file-truncated');
}

const SAMPLES = [
  'color/sc_rgb_rle_2frame',
  'color/sc_rgb_dcmtk_eb_cy_s2',
  'color/sc_rgb_jpeg_gdcm',
  'color/sc_rgb_gdcm_ky',
  'color/sc_rgb_jls_lossy_line',
  'multiframe/emri_10f_j2k_lossless',
  'multiframe/emri_10f_rle',
  'syntax/jlsl_16_15_1_1f',
  'syntax/htj2k_lossless_201_rgb',
  'syntax/htj2k_rpcl_202_ct2',
  'syntax/ctimage_jpeg_extended_51',
  'syntax/ctimage_jpeg_progressive_retired_55',
];
const ROUNDS = 60;

describe('damaged frames', function () {
  // Each refused frame costs a fresh instance of its codec.
  this.timeout(240_000);
  it('are refused in every compression where they are cut', async () => {
    const samples = [
      'jpeg_baseline_50',
      'jpeg_extended_51',
      'jpeg_progressive_retired_55',
      'jpeg_lossless_sv1_70',
      'jpegls_lossless_80',
      'j2k_lossless_90',
      'rle',
    ];
    for (const name of [...samples.map((sample) => `ctimage_${sample}`), 'htj2k_rpcl_202_ct2']) {
      const file = await openSample(`dicom/syntax/${name}.dcm`);
      const image = imageOf(file);
      const whole = frameBytes(file, 1);
      const uid = frameTransferSyntaxUid(file.transferSyntax);
      // Its beginning, a piece of it, none of it.
      const cuts = [whole.length >> 1, whole.length - 500, 40, 10, 0].map((length) => whole.subarray(0, length));
      for (const frame of [...cuts, whole.subarray(100, 1000)]) {
        await assert.rejects(decodeFrame(frame, image, uid, codecs), isDamage, `${name} ${frame.length}`);
      }
      await assert.rejects(decodeFrame(whole, { ...image, rows: image.rows * 64 }, uid, codecs), isDamage, name);
      // And after all that the codec still works.
      const { data } = await decodeFrame(whole, image, uid, codecs);
      assert.equal(data.length, image.rows * image.columns);
    }
  });

  for (const name of SAMPLES) {
    it(`never bring a decoder down, which works on afterwards (${name}, ${ROUNDS} random mutations)`, async () => {
      const random = seeded(20261123);
      const file = await openSample(`dicom/${name}.dcm`);
      const image = imageOf(file);
      const whole = frameBytes(file, 1);
      const uid = frameTransferSyntaxUid(file.transferSyntax);
      const expected = await decodeFrame(whole, image, uid, codecs);
      for (let round = 0; round < ROUNDS; round += 1) {
        await decodeFrame(mutated(whole, random), image, uid, codecs).catch((error: unknown) => {
          assert.ok(error instanceof Failure, `round ${round}: ${error instanceof Error ? error.stack : error}`);
        });
      }
      assert.deepEqual(await decodeFrame(whole, image, uid, codecs), expected);
    });
  }

  it('are refused before room is made where a few bytes claim hundreds of megabytes, header and stream alike', async () => {
    // SOC and SIZ (ISO/IEC 15444-1 section A.5.1) of 11,000 by 11,000 pixels, and nothing that could fill them.
    const stream = new Uint8Array(802);
    const view = new DataView(stream.buffer);
    for (const [offset, value] of [
      [0, 0xff4f],
      [2, 0xff51],
      [4, 41],
      [40, 1],
    ] as const)
      view.setUint16(offset, value);
    for (const offset of [8, 12, 24, 28]) view.setUint32(offset, 11_000);
    stream.set([15, 1, 1], 42);
    const image = imageOf(await openSample('dicom/syntax/ctimage_j2k_lossless_90.dcm'));
    const before = process.memoryUsage().rss;
    for (const uid of ['1.2.840.10008.1.2.4.90', '1.2.840.10008.1.2.4.80', '1.2.840.10008.1.2.4.50'])
      await assert.rejects(
        decodeFrame(stream, { ...image, rows: 11_000, columns: 11_000 }, uid, codecs),
        (err: unknown) => err instanceof Failure && /too short for the size/.test(err.message),
      );
    assert.ok(process.memoryUsage().rss - before < 100 * 2 ** 20, 'no more than what was there');
  });
});
