import assert from 'node:assert/strict';
import { readDicomFile } from '../../../../server/formats/dicom/dicom-file.ts';
import { samplesUv } from '../../../../server/formats/ecg/lead-samples.ts';
import { readEcg } from '../../../../server/formats/ecg/read-ecg.ts';
import type { EcgLead, EcgRecord } from '../../../../server/formats/ecg/record.ts';
import { type GroupByHand, waveformByHand } from '../../../support/waveform-by-hand.ts';

/** SCP-ECG lead numbers of the twelve, in the order of the paper. */
const TWELVE = [1, 2, 61, 62, 63, 64, 3, 4, 5, 6, 7, 8];
const RATE_HZ = 500;

/** Leads with the same rising samples each, told apart by their first one. */
function group(leads: number[], seconds: number, more: Partial<GroupByHand> = {}): GroupByHand {
  const counts = leads.map((lead) => Array.from({ length: seconds * RATE_HZ }, (_, at) => lead * 10 + (at % 7)));
  const channels = leads.map((lead) => ({ lead, sensitivity: '2.5', unit: 'uV' }));
  return { channels, counts, rate: String(RATE_HZ), ...more };
}
const read = (groups: GroupByHand[]): EcgRecord => readEcg(readDicomFile(waveformByHand(groups)));
const names = (record: EcgRecord) => record.groups.map(({ leads }) => leads.map(({ name }) => name).join(' '));
/** First and last sample of a lead that is one, seconds. */
function spanOf(record: EcgRecord, lead: number): [number, number] {
  const found = record.groups[0]?.leads[lead];
  assert.ok(found);
  const samples = [...samplesUv(found)];
  const [first, last] = [
    samples.findIndex((one) => !Number.isNaN(one)),
    samples.findLastIndex((one) => !Number.isNaN(one)),
  ];
  return [first / RATE_HZ + found.skewS, (last + 1) / RATE_HZ + found.skewS];
}
const quarters = (offsetsMs: string[] | undefined) =>
  [0, 3, 6, 9].map((from, index) =>
    group(TWELVE.slice(from, from + 3), 2.5, offsetsMs ? { offsetMs: offsetsMs[index] ?? '' } : {}),
  );

describe('an ECG stored in several groups', () => {
  it('of 4 × 3 leads and a rhythm strip is one sheet of twelve leads, each with its own samples', () => {
    const record = read([...quarters(undefined), group([2], 10)]);
    assert.deepEqual(names(record), ['I II III aVR aVL aVF V1 V2 V3 V4 V5 V6 II']);
    const [joined] = record.groups;
    assert.equal(joined?.sampleCount, 5000);
    for (const [index, number] of TWELVE.entries()) {
      assert.deepEqual(spanOf(record, index), [0, 2.5], String(number));
      const lead: EcgLead | undefined = joined?.leads[index];
      assert.equal(lead && samplesUv(lead)[0], number * 25);
    }
    assert.deepEqual(spanOf(record, 12), [0, 10]);
  });

  it('keeps each lead in its own time, where the file says when a group was recorded', () => {
    const record = read(quarters(['1000', '3500', '6001', '8500']));
    assert.deepEqual(spanOf(record, 0), [0, 2.5]);
    assert.deepEqual(spanOf(record, 3), [2.5, 5]);
    // 5.001 s is between two samples: nothing is rounded away.
    const [fromS] = spanOf(record, 6);
    assert.ok(Math.abs(fromS - 5.001) < 1e-9, String(fromS));
    assert.deepEqual(spanOf(record, 9), [7.5, 10]);
    assert.equal(record.groups[0]?.startS, 1);
  });

  it('keeps a second recording, another rate, what a device computed, and what lies minutes apart on sheets of their own', () => {
    const twelve = TWELVE.join();
    const countOf = (groups: GroupByHand[]) => read(groups).groups.length;
    assert.equal(countOf([group(TWELVE, 10), group(TWELVE, 10)]), 2, twelve);
    assert.equal(countOf([group([1, 2], 10), group([3, 4], 10, { rate: '250' })]), 2);
    assert.equal(countOf([group([1, 2], 10), group([3, 4], 1, { originality: 'DERIVED', label: 'MEDIAN BEAT' })]), 2);
    assert.equal(countOf([group([1, 2], 10), group([3, 4], 10, { offsetMs: '600000' })]), 2);
    assert.equal(
      countOf([group([1, 2], 10), group([3, 4], 10, { offsetMs: '1e12' })]),
      2,
      'and takes no memory for it',
    );
  });

  it('takes a median beat for computed, though its file calls it original', () => {
    const record = read([group(TWELVE, 1, { label: 'MEDIAN BEAT' }), group(TWELVE, 10)]);
    assert.deepEqual(
      record.groups.map(({ originality }) => originality),
      ['DERIVED', 'ORIGINAL'],
    );
  });
});

describe('the limb leads that a file of eight leaves out', () => {
  const EIGHT = [1, 2, 3, 4, 5, 6, 7, 8];
  const uv = (record: EcgRecord, name: string, sample = 0) => {
    const lead = record.groups[0]?.leads.find((one) => one.name === name) ?? assert.fail(`no ${name}`);
    return samplesUv(lead)[sample];
  };
  const pair = (
    one: Partial<GroupByHand['channels'][0]>,
    two: Partial<GroupByHand['channels'][0]>,
    counts: number[][],
  ) =>
    read([
      {
        channels: [
          { lead: 1, sensitivity: '2.5', unit: 'uV', ...one },
          { lead: 2, sensitivity: '2.5', unit: 'uV', ...two },
        ],
        counts,
      },
    ]);

  it('follow from I and II exactly, by Einthoven and Goldberger, and say from what', () => {
    const record = read([group(EIGHT, 1)]);
    assert.deepEqual(names(record), ['I II V1 V2 V3 V4 V5 V6 III aVR aVL aVF']);
    const exact = pair({}, {}, [
      [100, 7],
      [31, -3],
    ]);
    assert.deepEqual(
      ['III', 'aVR', 'aVL', 'aVF'].map((name) => [uv(exact, name, 0), uv(exact, name, 1)]),
      [
        [-172.5, -25],
        [-163.75, -5],
        [211.25, 21.25],
        [-47.5, -16.25],
      ],
    );
    assert.deepEqual(
      exact.groups[0]?.leads.map(({ formula }) => formula),
      ['', '', 'III = II − I', 'aVR = −(I + II)/2', 'aVL = I − II/2', 'aVF = II − I/2'],
    );
  });

  it('are never made where the file has them, nor where I or II is lacking or was sampled at another moment', () => {
    assert.equal(read([group(TWELVE, 1)]).groups[0]?.leads.length, 12);
    assert.equal(read([group([1, 3], 1)]).groups[0]?.leads.length, 2);
    assert.equal(pair({}, { skewSamples: '0.5' }, [[1], [2]]).groups[0]?.leads.length, 2);
  });

  it('hold for other scales and baselines of the two, and have a gap where either is off the scale', () => {
    const scaled = pair({ sensitivity: '5' }, { sensitivity: '1.25', baseline: '100' }, [[40], [80]]);
    const [one, two] = [uv(scaled, 'I') ?? 0, uv(scaled, 'II') ?? 0];
    assert.ok(Math.abs((uv(scaled, 'III') ?? 0) - (two - one)) < 1e-3);
    assert.ok(Math.abs((uv(scaled, 'aVF') ?? 0) - (two - one / 2)) < 1e-3);
    const clipped = pair({ maxCount: 500 }, {}, [
      [500, 20],
      [3, 4],
    ]);
    assert.ok(Number.isNaN(uv(clipped, 'III', 0)));
    assert.equal(uv(clipped, 'III', 1), -40);
  });
});
