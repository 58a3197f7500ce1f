import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Failure } from '../../../../server/contract/failure.ts';
import type { DicomFile } from '../../../../server/formats/dicom/dicom-file.ts';
import { frameBytes, frameTransferSyntaxUid, locateFrames } from '../../../../server/formats/dicom/frames.ts';
import { decodeFrame } from '../../../../server/formats/image/decode.ts';
import { renderRgba } from '../../../../server/formats/image/render.ts';
import type { StoredPixels } from '../../../../server/formats/image/stored-pixels.ts';
import {
  codecs,
  type Decoded,
  decodeSample,
  imageOf,
  openSample,
  type Reference,
  references,
} from '../../../support/imaging-world.ts';

const sha256 = (parts: Iterable<Uint8Array>): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

const bytesOf = ({ data }: StoredPixels): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** Samples without the sign extension: the high bits that are not stored are zero, as most decoders leave them. */
function bytesWithoutSign({ image, pixels }: Decoded): Uint8Array {
  const words = Uint16Array.from(pixels.data, (value) => value & (2 ** image.bitsStored - 1));
  return new Uint8Array(words.buffer);
}

/** The forms in which a correct decoder may hand over the same stored values. */
function* formsOf(file: DicomFile, decoded: Decoded[]): Generator<[string, string]> {
  yield ['values', sha256(decoded.map(({ pixels }) => bytesOf(pixels)))];
  // Bits packed into bytes, pairs with shared colours, and values with something else in the bits not stored, as they lie in the file.
  if (file.transferSyntax.codec === 'native') {
    yield ['raw', sha256(decoded.map((_, index) => frameBytes(file, index + 1)))];
  }
  if (decoded[0]?.image.bitsAllocated === 16) yield ['without sign', sha256(decoded.map(bytesWithoutSign))];
}

/** Cut in the middle of its pixels on purpose: refused, where the reference decoder draws half an image. */
const REFUSED = new Set(['dicom/malformed/mr_truncated.dcm']);
/** What is compared byte by byte in another form than the values themselves, and why. */
const OTHER_FORM = new Map([
  ['dicom/color/sc_ybr_full_422_uncompressed.dcm', 'raw'],
  ['dicom/us/us_ybr422_uncompressed.dcm', 'raw'],
  ['dicom/seg-rt/seg_image_ct_binary.dcm', 'raw'],
  ['dicom/seg-rt/seg_image_ct_binary_overlap.dcm', 'raw'],
  ['dicom/series/pt-wholebody-qin0024_seg/seg_tumor.dcm', 'raw'],
  // An overlay in the high bits.
  ['dicom/lut/overlay_p01.dcm', 'raw'],
  ['dicom/lut/modality_lut_18.dcm', 'raw'],
  ['dicom/syntax/jlsl_16_15_1_1f.dcm', 'without sign'],
  ['dicom/malformed/j2k_pixelrep_mismatch.dcm', 'without sign'],
]);

function statistics({ data, samplesPerPixel }: StoredPixels) {
  let min = Infinity;
  let max = -Infinity;
  const sums = new Float64Array(samplesPerPixel);
  for (let i = 0; i < data.length; i += 1) {
    const value = data[i] ?? 0;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sums[i % samplesPerPixel] = (sums[i % samplesPerPixel] ?? 0) + value;
  }
  const meanPerChannel = [...sums].map((sum) => sum / (data.length / samplesPerPixel));
  return { min, max, mean: meanPerChannel.reduce((sum, mean) => sum + mean, 0) / samplesPerPixel, meanPerChannel };
}

/** Lossy decoders differ by rounding, so a few counts at the extremes and a fraction of one in the mean. */
function assertClose(decoded: Decoded | undefined, reference: Reference, path: string): void {
  assert.ok(decoded);
  const found = statistics(decoded.pixels);
  const expected = reference.pixels?.frame0;
  assert.ok(expected);
  if (path.includes('dicom-wsi-cmu1')) {
    // The header says RGB, the tiles are YCbCr: what a person should see is the third column of the reference.
    const means = expected.meanPerChannelByJpegMarkers ?? [];
    // Below ten by ten pixels one count of one pixel is already more.
    const tolerance = decoded.pixels.data.length < 300 ? 3 : 0.5;
    found.meanPerChannel.forEach((mean, n) => {
      assert.ok(Math.abs(mean - (means[n] ?? 0)) <= tolerance, `${path}: channel ${n} ${mean}`);
    });
    return;
  }
  assert.ok(Math.abs(found.min - expected.min) <= 3, `${path}: min ${found.min}`);
  assert.ok(Math.abs(found.max - expected.max) <= 3, `${path}: max ${found.max}`);
  assert.ok(Math.abs(found.mean - expected.mean) <= 0.05, `${path}: mean ${found.mean}`);
}

describe('decoding images', function () {
  // Hundreds of images: seconds on an idle machine, more on one that is busy.
  this.timeout(240_000);
  const groups = new Map<string, [string, Reference][]>();
  for (const [path, reference] of references) {
    if (reference.pixels === undefined || REFUSED.has(path)) continue;
    const syntax = reference.transferSyntaxName ?? '';
    groups.set(syntax, [...(groups.get(syntax) ?? []), [path, reference]]);
  }
  for (const [syntax, samples] of groups) {
    it(`shows the very pixels of the reference decoders, ${syntax} (${samples.length} files)`, async () => {
      for (const [path, reference] of samples) {
        const file = await openSample(path);
        const decoded = await decodeSample(file);
        const forms = new Map(formsOf(file, decoded));
        if (reference.pixels?.lossy) assertClose(decoded[0], reference, path);
        else assert.equal(forms.get(OTHER_FORM.get(path) ?? 'values'), reference.pixels?.sha256, path);
      }
    });
  }

  it('gives the same values, with their sign, where files differ in the bits that are not stored', async () => {
    for (const [path, { pixels }] of references.filter(([name]) => OTHER_FORM.has(name) && !name.includes('ybr'))) {
      const [first] = await decodeSample(await openSample(path), 1);
      assert.ok(first && pixels);
      const { min, max, mean } = statistics(first.pixels);
      assert.deepEqual(
        { min, max, mean: mean.toFixed(3) },
        { min: pixels.frame0.min, max: pixels.frame0.max, mean: pixels.frame0.mean.toFixed(3) },
        path,
      );
    }
  });

  it('says what a private transfer syntax or a video is instead of drawing nonsense', async () => {
    for (const path of ['dicom/derived/unknown_transfer_syntax.dcm', 'dicom/derived/video_mpeg4_102.dcm']) {
      const file = await openSample(path);
      const uid = frameTransferSyntaxUid(file.transferSyntax);
      await assert.rejects(
        decodeFrame(new Uint8Array(100), imageOf(file), uid, codecs),
        (error) => error instanceof Failure && error.reason === 'transfer-syntax-unsupported',
        path,
      );
    }
  });

  it('refuses a file cut in the middle of its pixels', async () => {
    for (const path of REFUSED) {
      await assert.rejects(openSample(path), (error) => error instanceof Failure && error.reason === 'file-truncated');
    }
  });

  it('draws a JPEG frame that lacks only its end marker, in the same colours', async () => {
    for (const path of [
      'dicom/color/testpattern_jpeg_ybr422.dcm',
      'dicom/color/sc_rgb_dcmtk_eb_cr.dcm',
      'dicom/syntax/ctimage_jpeg_baseline_50.dcm',
    ]) {
      const file = await openSample(path);
      const image = imageOf(file);
      const uid = frameTransferSyntaxUid(file.transferSyntax);
      const whole = frameBytes(file, 1);
      const end = whole.lastIndexOf(0xd9) - 1;
      assert.equal(whole[end], 0xff);
      const [complete, endless] = await Promise.all(
        [whole, whole.subarray(0, end)].map((frame) => decodeFrame(frame, image, uid, codecs)),
      );
      assert.ok(complete && endless);
      const pictures = [complete, endless].map((pixels) => renderRgba(pixels, image, null, false));
      // Another decoder, so other rounding, and colours of subsampled pairs are not smoothed: on the average nothing.
      const differences = Array.from(pictures[0] ?? [], (value, index) =>
        Math.abs(value - (pictures[1]?.[index] ?? 0)),
      );
      const mean = differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
      assert.ok(mean < 0.5, `${path} ${mean}`);
    }
  });

  it('draws JPEGs that other readers only warn of: bytes too many before the end, a scan that says it ends at its first coefficient', async () => {
    for (const path of [
      'dicom/syntax/ctimage_jpeg_baseline_50.dcm',
      'dicom/color/testpattern_jpeg_ybr422.dcm',
      'dicom/us/us_ybrfull_jpeg_8f.dcm',
    ]) {
      const file = await openSample(path);
      const image = imageOf(file);
      const uid = frameTransferSyntaxUid(file.transferSyntax);
      const whole = frameBytes(file, 1);
      const expected = renderRgba(await decodeFrame(whole, image, uid, codecs), image, null, false);
      const end = whole.lastIndexOf(0xd9) - 1;
      const scan = Buffer.from(whole).indexOf(Buffer.from([0xff, 0xda]));
      const spectralEnd = scan + 2 + ((whole[scan + 2] ?? 0) << 8) + (whole[scan + 3] ?? 0) - 2;
      assert.equal(whole[spectralEnd], 63);
      const stray = Buffer.concat([whole.subarray(0, end), Buffer.from([1, 2, 3, 4, 5, 6, 7]), whole.subarray(end)]);
      const short = whole.slice();
      short[spectralEnd] = 0;
      for (const frame of [new Uint8Array(stray), short]) {
        const drawn = renderRgba(await decodeFrame(frame, image, uid, codecs), image, null, false);
        const mean = drawn.reduce((sum, value, at) => sum + Math.abs(value - (expected[at] ?? 0)), 0) / drawn.length;
        assert.ok(mean < 0.5, `${path} ${mean}`);
      }
    }
  });

  it('keeps air black where a JPEG 2000 stream is signed and its header says it is not', async () => {
    for (const path of ['dicom/syntax/ctimage_j2k_lossless_90.dcm', 'dicom/syntax/htj2k_rpcl_202_ct2.dcm']) {
      const file = await openSample(path);
      const image = imageOf(file);
      assert.equal(image.pixelRepresentation, 1, path);
      const uid = frameTransferSyntaxUid(file.transferSyntax);
      const right = await decodeFrame(frameBytes(file, 1), image, uid, codecs);
      assert.ok(
        right.data.some((value) => value < 0),
        'there is air',
      );
      for (const bitsStored of [image.bitsStored, 12]) {
        const mistaken = { ...image, pixelRepresentation: 0, bitsStored } as const;
        const pixels = await decodeFrame(frameBytes(file, 1), mistaken, uid, codecs);
        assert.deepEqual(pixels.data, right.data);
        assert.deepEqual(renderRgba(pixels, mistaken, null, false), renderRgba(right, image, null, false));
      }
    }
  });

  it('finds every frame of a cine loop, whatever table of offsets it has', async () => {
    for (const [path, frames] of [
      ['dicom/us/us_ybrfull_jpeg_8f.dcm', 8],
      ['dicom/us/us_echo_jpeg_34f.dcm', 34],
      ['dicom/multiframe/mf_fragmented_no_bot_jpegls_80.dcm', 2],
      ['dicom/multiframe/mf_bot_rle.dcm', 2],
    ] as const) {
      const file = await openSample(path);
      assert.equal(locateFrames(file).length, frames, path);
      assert.throws(
        () => frameBytes(file, frames + 1),
        (error) => error instanceof Failure && error.code === 'not-found',
      );
    }
  });
});
