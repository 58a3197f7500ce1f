import assert from 'node:assert/strict';
import sharp from 'sharp';
import { prepareFinishedCt, prepareWaitingCt } from '../../../server/demo/cases/ct.ts';
import { prepareFinishedEcg, prepareWaitingEcg } from '../../../server/demo/cases/ecg.ts';
import { prepareFinishedSlide, prepareWaitingSlide } from '../../../server/demo/cases/slide.ts';
import type { DemoCase } from '../../../server/demo/demo-case.ts';
import { CT_VOLUME } from '../../../server/demo/pictures/ct/series.ts';
import { toPixels } from '../../../server/demo/pictures/ct/slice.ts';
import { readDicomFile } from '../../../server/formats/dicom/dicom-file.ts';
import { frameBytes, locateFrames } from '../../../server/formats/dicom/frames.ts';
import { readHeader } from '../../../server/formats/dicom/header.ts';
import { parsedAttributes } from '../../../server/formats/dicom/parsed-attributes.ts';
import { formatPersonName } from '../../../server/formats/dicom/person-name.ts';
import { samplesUv } from '../../../server/formats/ecg/lead-samples.ts';
import { readEcg } from '../../../server/formats/ecg/read-ecg.ts';
import type { EcgRecord } from '../../../server/formats/ecg/record.ts';
import { decodeFrame } from '../../../server/formats/image/decode.ts';
import { readImage } from '../../../server/formats/image/image.ts';
import { ellipseStatistics } from '../../../server/formats/image/statistics.ts';
import { openSlide } from '../../../server/pictures/slide/open-slide.ts';
import { createNodeCodecs } from '../../../server/pictures/thread/node-codecs.ts';

const NOW = new Date('2026-03-04T05:06:07.000Z');
const codecs = createNodeCodecs();

async function readSlice(bytes: Uint8Array) {
  const file = readDicomFile(bytes);
  const image = readImage(parsedAttributes(file.dataset), 1);
  const pixels = await decodeFrame(frameBytes(file, 1, locateFrames(file)), image, file.transferSyntax.uid, codecs);
  /** Mean of a disc, millimetres. */
  const meanHu = (x: number, y: number, radius: number): number => {
    const center = toPixels(CT_VOLUME, x, y);
    const reach = radius / CT_VOLUME.mmPerPixel;
    const start = { x: center.x - reach, y: center.y - reach };
    const end = { x: center.x + reach, y: center.y + reach };
    return ellipseStatistics(pixels, image, { start, end })?.mean ?? Number.NaN;
  };
  return { image, pixels, meanHu };
}

const near = (value: number, wanted: number, by: number, what: string) =>
  assert.ok(Math.abs(value - wanted) <= by, `${what}: ${value}, not ${wanted} ± ${by}`);

const bytesOf = ({ files }: DemoCase): Uint8Array[] => files.map(({ bytes }) => bytes);
/** What is DICOM (PS3.10 section 7.1); a case may have a laboratory sheet beside it. */
const imagesOf = (demoCase: DemoCase): Uint8Array[] =>
  bytesOf(demoCase).filter((bytes) => Buffer.from(bytes.subarray(128, 132)).toString('latin1') === 'DICM');
const sizeOf = (demoCase: DemoCase): number => bytesOf(demoCase).reduce((sum, { length }) => sum + length, 0);

describe('the demo CT', () => {
  it('is a chest in HU with one solid nodule of 9 mm, whole and in order, of the patient that the case names', async () => {
    for (const [demoCase, nodule] of [
      [await prepareFinishedCt(NOW), { x: -84, y: -46, z: 4.5 }],
      [await prepareWaitingCt(NOW), { x: 88, y: 26, z: -13.5 }],
    ] as const) {
      const headers = imagesOf(demoCase).map((bytes) => readHeader(bytes));
      assert.equal(headers.length, 24);
      assert.ok(sizeOf(demoCase) < 3.5e6);
      assert.equal(new Set(headers.map(({ sopInstanceUid }) => sopInstanceUid)).size, 24);
      assert.equal(new Set(headers.map(({ seriesInstanceUid }) => seriesInstanceUid)).size, 1);
      const { patient } = demoCase.application;
      for (const header of headers) {
        assert.equal(header.modality, 'CT');
        assert.equal(formatPersonName(header.patientName), patient.name);
        assert.equal(header.patientBirthDate, patient.birthDate.replaceAll('-', ''));
        assert.equal(header.patientSex, patient.sex === 'male' ? 'M' : 'F');
        assert.ok(header.studyDate <= '20260304');
      }
      const at = CT_VOLUME.z.indexOf(nodule.z);
      const { image, pixels, meanHu } = await readSlice(demoCase.files[at]?.bytes ?? new Uint8Array());
      near(meanHu(nodule.x, nodule.y, 2.7), 30, 12, 'nodule');
      near(meanHu(nodule.x, nodule.y + 12, 2.7), -850, 60, 'lung beside it');
      near(meanHu(0, -140, 6), -1000, 12, 'air');
      assert.ok(meanHu(0, 71, 8) > 150, 'vertebra');
      near(meanHu(23, 43, 5), 40, 15, 'aorta');
      assert.deepEqual(image.imagePositionPatient?.[2], nodule.z);
      assert.deepEqual(image.calibration.source, 'pixel-spacing');
      assert.equal(image.rescaleType, 'HU');
      const { x, y } = toPixels(CT_VOLUME, nodule.x, nodule.y);
      const row = pixels.data.subarray(Math.floor(y) * pixels.columns).subarray(Math.floor(x) - 5, Math.floor(x) + 6);
      const solid = [...row].filter((stored) => stored + image.rescaleIntercept > -400).length;
      near(solid * CT_VOLUME.mmPerPixel, 9, 2, 'diameter');
    }
  });

  it('is the same at the same time, and another one for another time', async () => {
    const [one, again, later] = await Promise.all([
      prepareWaitingCt(NOW),
      prepareWaitingCt(NOW),
      prepareWaitingCt(new Date(NOW.getTime() + 60_000)),
    ]);
    assert.deepEqual(bytesOf(one), bytesOf(again));
    const uidsOf = (demoCase: DemoCase) => imagesOf(demoCase).map((bytes) => readHeader(bytes).sopInstanceUid);
    assert.equal(new Set([...uidsOf(one), ...uidsOf(later)]).size, 48);
  });
});

function leadsOf({ groups }: EcgRecord) {
  const leads = new Map(groups[0]?.leads.map((lead) => [lead.name, lead]));
  const get = (name: string) => leads.get(name) ?? assert.fail(`no lead ${name}`);
  return { names: [...leads.keys()], get, uv: (name: string) => samplesUv(get(name)) };
}

/** Where R peaks, samples: the first of the highest; those that the record's ends cut off are left out. */
function beatsOf(uv: Float64Array): number[] {
  const high = Math.max(...uv) * 0.7;
  return [...uv.keys()].filter((at) => {
    const value = uv[at] ?? 0;
    if (value <= high || at < 100 || at > uv.length - 50) return false;
    return uv.slice(at - 100, at).every((one) => one < value) && uv.slice(at, at + 100).every((one) => one <= value);
  });
}

describe('the demo ECG', () => {
  const read = ({ files: [file] }: DemoCase) => readEcg(readDicomFile(file?.bytes ?? new Uint8Array()));

  it('is twelve calibrated leads of ten seconds that obey Einthoven and Goldberger', async () => {
    for (const demoCase of [await prepareFinishedEcg(NOW), await prepareWaitingEcg(NOW)]) {
      const record = read(demoCase);
      const { names, get, uv } = leadsOf(record);
      assert.deepEqual(names, ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6']);
      assert.equal(record.groups[0]?.sampleRateHz, 500);
      assert.equal(record.groups[0]?.sampleCount, 5000);
      const [i, ii, iii] = [uv('I'), uv('II'), uv('III')];
      const { uvPerCount, filters } = get('I');
      assert.deepEqual(filters, { lowHz: 0.05, highHz: 150, notchHz: 50 });
      for (let at = 0; at < 5000; at += 1) {
        const [one, two] = [i[at] ?? 0, ii[at] ?? 0];
        assert.equal(iii[at], two - one);
        near(uv('aVR')[at] ?? 0, -(one + two) / 2, uvPerCount, 'aVR');
        near(uv('aVL')[at] ?? 0, one - two / 2, uvPerCount, 'aVL');
        near(uv('aVF')[at] ?? 0, two - one / 2, uvPerCount, 'aVF');
        if (at % 500 === 0) await new Promise(setImmediate);
      }
      assert.equal(formatPersonName(record.facts.patientName), demoCase.application.patient.name);
      assert.equal(record.facts.electrodePlacement, '标准12导联位置');
      assert.equal(record.device.statements.length, 1);
      assert.ok(sizeOf(demoCase) < 150_000);
    }
  });

  it('shows an inferior infarction: ST up in II, III, aVF, down in I and aVL', async () => {
    const record = read(await prepareFinishedEcg(NOW));
    const { uv } = leadsOf(record);
    const beats = beatsOf(uv('II'));
    near(beats.length, 12, 1, 'beats');
    const r = beats[3] ?? 0;
    /** 80 ms after J, against the line before QRS. */
    const st = (name: string) => ((uv(name)[r + 65] ?? 0) - (uv(name)[r - 33] ?? 0)) / 1000;
    for (const name of ['II', 'III', 'aVF']) assert.ok(st(name) > 0.15, `${name}: ${st(name)} mV`);
    for (const name of ['I', 'aVL']) assert.ok(st(name) < -0.05, `${name}: ${st(name)} mV`);
    assert.ok(st('III') > st('II'));
    const measured = record.device.measurements.map(({ quantity, values, unit }) => [quantity, ...values, unit]);
    assert.deepEqual(
      measured.map(([quantity]) => quantity),
      ['heart-rate', 'pr', 'qrs', 'qt', 'qtc'],
    );
    near(
      Number(measured[0]?.[1]),
      (60 * 500 * (beats.length - 1)) / ((beats.at(-1) ?? 0) - (beats[0] ?? 0)),
      2,
      'rate',
    );
  });

  it('shows atrial fibrillation: no two RR alike, and the device gives no PR', async () => {
    const record = read(await prepareWaitingEcg(NOW));
    const beats = beatsOf(leadsOf(record).uv('II'));
    const rrMs = beats.slice(1).map((at, index) => (at - (beats[index] ?? 0)) * 2);
    assert.ok(Math.max(...rrMs) - Math.min(...rrMs) > 200, rrMs.join(' '));
    near((60_000 * rrMs.length) / rrMs.reduce((sum, ms) => sum + ms, 0), 104, 3, 'rate');
    assert.ok(record.device.measurements.every(({ quantity }) => quantity !== 'pr'));
  });
});

describe('the demo slide', function () {
  this.timeout(180_000);

  it('is a pyramid of JPEG tiles with its pixel size, glass round stained tissue, and names nobody', async () => {
    for (const demoCase of [await prepareFinishedSlide(NOW), await prepareWaitingSlide(NOW)]) {
      const bytes = demoCase.files[0]?.bytes ?? new Uint8Array();
      assert.ok(bytes.length < 2.5e6, `${bytes.length} bytes`);
      const read = async (offset: number, length: number) => bytes.subarray(offset, offset + length);
      const slide = await openSlide({ sizeBytes: bytes.length, read }, codecs);
      await slide.check();
      assert.equal(slide.format, 'tiff');
      assert.deepEqual(
        slide.levels.map(({ width, height }) => [width, height]),
        [
          [4096, 3072],
          [2048, 1536],
          [1024, 768],
          [512, 384],
        ],
      );
      near(slide.umPerPixel?.x ?? 0, 0.5, 1e-6, 'µm per pixel');
      assert.deepEqual(slide.associated, []);
      const meanOf = async (level: number, column: number, row: number) => {
        const tile = await slide.readTile(level, column, row);
        assert.equal(tile.mediaType, 'image/jpeg');
        const { channels } = await sharp(tile.bytes).stats();
        return channels.map(({ mean }) => mean);
      };
      const corner = await meanOf(0, 0, 0);
      for (const mean of corner) assert.ok(mean > 235, `glass ${corner}`);
      const [red = 0, green = 0, blue = 0] = await meanOf(0, 8, 6);
      assert.ok(red > green + 25 && blue > green + 15, `tissue ${[red, green, blue]}`);
    }
  });
});

describe('a demo key image', function () {
  this.timeout(180_000);

  it('is a PNG of the size that it says, with what was measured on it', async () => {
    for (const prepare of [prepareFinishedCt, prepareFinishedEcg, prepareFinishedSlide]) {
      const { answer } = await prepare(NOW);
      const { png, widthPx, heightPx, measurements, shapes } = answer?.picture ?? assert.fail('no answer');
      const { format, width, height } = await sharp(png).metadata();
      assert.deepEqual([format, width, height], ['png', widthPx, heightPx]);
      assert.equal(measurements.length, shapes.length);
      for (const text of measurements) assert.match(text, /\d/);
      assert.ok(png.length < 2e6, `${png.length} bytes`);
    }
  });
});
