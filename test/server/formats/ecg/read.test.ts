import assert from 'node:assert/strict';
import { Failure } from '../../../../server/contract/failure.ts';
import { readDicomFile } from '../../../../server/formats/dicom/dicom-file.ts';
import { isOffScale, samplesUv } from '../../../../server/formats/ecg/lead-samples.ts';
import { readEcg } from '../../../../server/formats/ecg/read-ecg.ts';
import type { EcgRecord } from '../../../../server/formats/ecg/record.ts';
import { readData, readReferences } from '../../../support/data.ts';
import { type GroupByHand, waveformByHand } from '../../../support/waveform-by-hand.ts';

interface LeadReference {
  name: string;
  sensitivity: number;
  units: 'uV' | 'mV';
  first10Stored: number[];
  first10: number[];
  min: number;
  max: number;
}

interface EcgReference {
  format: string;
  groups: { label: string; samplingHz: number; samples: number; channels: number; leads: LeadReference[] }[];
}

const all = readReferences<{ ecg: Record<string, EcgReference> }>().ecg;
const references = Object.entries(all).filter(([, { format }]) => format === 'DICOM waveform');

const STANDARD = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
const LIMB = { lead: 1, sensitivity: '2', unit: 'uV', correction: '1', baseline: '0' };

async function readSample(path: string): Promise<EcgRecord> {
  return readEcg(readDicomFile(await readData(path)));
}

function readByHand(group: GroupByHand, options?: { big: boolean }): EcgRecord {
  return readEcg(readDicomFile(waveformByHand([group], options)));
}

function uvOf(record: EcgRecord, lead = 0): number[] {
  const found = record.groups[0]?.leads[lead];
  assert.ok(found);
  return [...samplesUv(found)];
}

function assertRefused(group: GroupByHand, reason: string): void {
  assert.throws(
    () => readByHand(group),
    (error) => error instanceof Failure && error.reason === reason,
  );
}

describe('a DICOM ECG', () => {
  it('has the samples that the reference reader finds, exactly, in microvolts', async () => {
    assert.equal(references.length, 4);
    for (const [path, reference] of references) {
      const record = await readSample(path);
      assert.equal(record.groups.length, reference.groups.length, path);
      for (const [index, group] of record.groups.entries()) {
        const expected = reference.groups[index];
        assert.ok(expected);
        assert.equal(group.label, expected.label);
        assert.equal(group.sampleRateHz, expected.samplingHz);
        assert.equal(group.sampleCount, expected.samples);
        assert.deepEqual(
          group.leads.map(({ name }) => name),
          STANDARD,
          path,
        );
        for (const [channel, lead] of group.leads.entries()) {
          const { first10Stored, first10, units, min, max } = expected.leads[channel] as LeadReference;
          const samples = samplesUv(lead);
          // The references are in the file's own unit, to six decimals; the extremes to four.
          const inUnit = (uv: number) => (units === 'uV' ? uv : Number((uv / 1000).toFixed(6)));
          const toFour = (value: number) => Number(value.toFixed(4));
          assert.equal(samples.length, expected.samples);
          assert.deepEqual([...lead.counts.subarray(0, 10)], first10Stored, `${path} ${lead.name}`);
          assert.deepEqual([...samples.subarray(0, 10)].map(inUnit), first10, `${path} ${lead.name}`);
          const valid = samples.filter((uv) => !Number.isNaN(uv));
          assert.equal(toFour(inUnit(valid.reduce((a, b) => Math.min(a, b)))), min, `${path} ${lead.name}`);
          assert.equal(toFour(inUnit(valid.reduce((a, b) => Math.max(a, b)))), max, `${path} ${lead.name}`);
        }
      }
    }
  });

  it('has, to the last sample, what the recording it was made from has', async () => {
    for (const [dicom, source] of [
      ['ecg_12lead_JS20000_zh', 'JS20000'],
      ['ecg_general_HR06002', 'HR06002'],
    ]) {
      const record = await readSample(`dicom/derived/${dicom}.dcm`);
      // MATLAB 4: 24 bytes, then for each of 5000 moments twelve 16-bit numbers of 1 µV (the .hea file says so).
      const bytes = await readData(`ecg/wfdb/${source}.mat`);
      const words = new DataView(bytes.buffer, 24);
      for (const [channel, lead] of (record.groups[0]?.leads ?? []).entries()) {
        const expected = Float64Array.from({ length: 5000 }, (_, at) => words.getInt16((at * 12 + channel) * 2, true));
        assert.deepEqual(samplesUv(lead), expected, `${source} ${lead.name}`);
      }
    }
  });

  it('takes 0.00122 mV to be 1.22 µV, not nearly', async () => {
    const record = await readSample('dicom/waveform/hemodynamic_deflated.dcm');
    assert.equal(record.groups[0]?.leads[0]?.uvPerCount, 1.22);
  });

  it('keeps the median beat, the device’s values and its marks apart from the recording', async () => {
    const { groups, device } = await readSample('dicom/waveform/ecg_12lead.dcm');
    assert.deepEqual(
      groups.map(({ label, originality, triggerSample }) => [label, originality, triggerSample]),
      [
        ['RHYTHM', 'ORIGINAL', null],
        ['MEDIAN BEAT', 'DERIVED', 500],
      ],
    );
    assert.deepEqual(device.statements, ['RITMO SINUSALE', 'ECG NORMALE']);
    assert.deepEqual(
      device.measurements.map(({ quantity, values, unit }) => [quantity, ...values, unit]),
      [
        ['rr', 982, 'ms'],
        ['pp', 0, 'ms'],
        ['pr', 161, 'ms'],
        ['qrs', 75, 'ms'],
        ['qt', 368, 'ms'],
        ['qtc', 370, 'ms'],
        ['p-axis', 74, 'deg'],
        ['qrs-axis', 52, 'deg'],
        ['t-axis', 57, 'deg'],
      ],
    );
    assert.equal(device.marks.length, 66);
    // Position 299 is the 299th sample: 298 ms after the begin.
    assert.deepEqual(device.marks[0], {
      concept: { value: '5.10.3-1', scheme: 'SCPECG', meaning: 'P Onset' },
      range: 'POINT',
      timesS: [0.298],
      group: 0,
      annotationGroup: 2,
    });
  });

  it('says which filters the device applied', async () => {
    const { groups } = await readSample('dicom/waveform/ecg_12lead.dcm');
    assert.deepEqual(groups[0]?.leads[0]?.filters, { lowHz: 0.05, highHz: 300, notchHz: null });
    const other = await readSample('dicom/derived/ecg_12lead_JS20000_zh.dcm');
    assert.deepEqual(other.groups[0]?.leads[11]?.filters, { lowHz: 0.05, highHz: 150, notchHz: null });
  });

  it('says whose and from where it is, in Chinese too', async () => {
    const mortara = (await readSample('dicom/waveform/ecg_12lead.dcm')).facts;
    assert.equal(mortara.patientId, '642341');
    assert.equal(mortara.patientAge, '042Y');
    assert.equal(mortara.acquiredAt, '20130125105919');
    assert.equal(mortara.manufacturer, 'Mortara Instrument, Inc.');
    assert.equal(mortara.model, 'el250');
    assert.match(mortara.electrodePlacement, /^Standard 12-lead positions/);
    const chinese = (await readSample('dicom/derived/ecg_12lead_JS20000_zh.dcm')).facts;
    assert.equal(chinese.patientName, 'Wang^Fang=王^芳');
  });

  it('has the baseline in the channel’s own unit, not in counts', () => {
    const channel = { lead: 2, sensitivity: '0.005', unit: 'mV', correction: '0.5', baseline: '-1.5' };
    const record = readByHand({ channels: [channel], counts: [[0, 100, -100, 32767]] });
    // 100 × 0.005 mV × 0.5 − 1.5 mV = −1.25 mV
    assert.deepEqual(uvOf(record), [-1500, -1250, -1750, 80417.5]);
  });

  it('is read in every form of sample that an ECG may have, in both byte orders', () => {
    const forms = [
      { interpretation: 'SB', bits: 8, counts: [-128, -1, 0, 127] },
      { interpretation: 'UB', bits: 8, counts: [0, 1, 128, 255] },
      { interpretation: 'SS', bits: 16, counts: [-32768, -1, 0, 32767] },
      { interpretation: 'US', bits: 16, counts: [0, 1, 32768, 65535] },
      { interpretation: 'SL', bits: 32, counts: [-2147483648, -1, 70000, 2147483647] },
    ] as const;
    for (const { counts, ...form } of forms) {
      for (const big of [false, true]) {
        const other = [...counts].reverse();
        const record = readByHand(
          { ...form, channels: [LIMB, { ...LIMB, lead: 2 }], counts: [[...counts], other] },
          { big },
        );
        assert.deepEqual(
          uvOf(record, 0),
          counts.map((count) => count * 2),
          `${form.interpretation} ${big}`,
        );
        assert.deepEqual(
          uvOf(record, 1),
          other.map((count) => count * 2),
          `${form.interpretation} ${big}`,
        );
      }
    }
  });

  it('has gaps where the device padded, and knows where the voltage left its scale', () => {
    const record = readByHand({
      channels: [{ ...LIMB, maxCount: 1000 }],
      counts: [[1, -32768, 3, 1000]],
      padding: -32768,
    });
    assert.deepEqual(uvOf(record), [2, Number.NaN, 6, 2000]);
    const lead = record.groups[0]?.leads[0];
    assert.ok(lead);
    assert.deepEqual(
      [...lead.counts].map((count) => isOffScale(lead, count)),
      [false, false, false, true],
    );
  });

  it('names leads by their code, else by their meaning or label', () => {
    const named = (channel: GroupByHand['channels'][number]) =>
      readByHand({ channels: [{ sensitivity: '1', unit: 'uV', ...channel }], counts: [[0]] }).groups[0]?.leads[0]?.name;
    assert.equal(named({ lead: 62, label: 'V1' }), 'aVR');
    assert.equal(named({ lead: 65 }), '-aVR');
    assert.equal(named({ lead: 66 }), 'V8');
    assert.equal(named({ label: 'AVL' }), 'aVL');
    assert.equal(named({ label: 'Lead V3R' }), 'V3R');
    assert.equal(named({ label: 'ES' }), 'ES');
    assert.equal(named({}), '1');
  });

  it('leaves out channels that are no voltage, and names them', () => {
    const pressure = { label: 'ART', sensitivity: '0.1', unit: 'mm[Hg]', baseline: '0' };
    const record = readByHand({ channels: [pressure, LIMB], counts: [[1], [2]] });
    assert.deepEqual(record.groups[0]?.otherChannels, ['ART']);
    assert.deepEqual(uvOf(record), [4]);
    assertRefused({ channels: [pressure], counts: [[1]] }, 'no-ecg');
  });

  it('keeps the skew of channels that were sampled one after another', () => {
    const record = readByHand({ channels: [{ ...LIMB, skewSamples: '0.5' }], counts: [[1]], rate: '250' });
    assert.equal(record.groups[0]?.leads[0]?.skewS, 0.002);
  });

  it('is refused, saying why, where it would be drawn wrong', () => {
    const counts = [[1, 2, 3, 4]];
    assertRefused({ channels: [{ lead: 1, unit: 'uV' }], counts }, 'waveform-uncalibrated');
    assertRefused({ channels: [{ lead: 1, sensitivity: '1' }], counts }, 'waveform-uncalibrated');
    assertRefused({ channels: [{ ...LIMB, sensitivity: '0' }], counts }, 'waveform-uncalibrated');
    assertRefused({ channels: [{ ...LIMB, sensitivity: 'abc' }], counts }, 'waveform-uncalibrated');
    assertRefused({ channels: [LIMB], counts, sampleCount: 5 }, 'waveform-inconsistent');
    assertRefused({ channels: [LIMB], counts, sampleCount: 3 }, 'waveform-inconsistent');
    assertRefused({ channels: [LIMB], counts, sampleCount: 4_000_000_000 }, 'waveform-inconsistent');
    assertRefused({ channels: [LIMB], counts, channelCount: 2 }, 'waveform-inconsistent');
    assertRefused({ channels: [LIMB, LIMB], counts }, 'waveform-inconsistent');
    assertRefused({ channels: [LIMB], counts, rate: '0' }, 'waveform-inconsistent');
    assertRefused({ channels: [LIMB], counts, rate: '-500' }, 'waveform-inconsistent');
    assertRefused({ channels: [LIMB], counts: [[]] }, 'waveform-inconsistent');
    assertRefused({ channels: [LIMB], counts, interpretation: 'MB', bits: 8 }, 'waveform-encoding-unsupported');
    assertRefused({ channels: [LIMB], counts, interpretation: 'SS', bits: 32 }, 'waveform-encoding-unsupported');
    assert.throws(
      () => readEcg(readDicomFile(waveformByHand([]))),
      (error) => error instanceof Failure && error.reason === 'no-ecg',
    );
  });

  it('is not found in an image', async () => {
    const image = readDicomFile(await readData('dicom/syntax/ctimage_implicit_le.dcm'));
    assert.throws(
      () => readEcg(image),
      (error) => error instanceof Failure && error.reason === 'no-ecg',
    );
  });
});
