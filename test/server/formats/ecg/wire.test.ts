import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { Failure } from '../../../../server/contract/failure.ts';
import { readDicomFile } from '../../../../server/formats/dicom/dicom-file.ts';
import { decodeEcg } from '../../../../server/formats/ecg/decode-wire.ts';
import { encodeEcg, withoutPatient } from '../../../../server/formats/ecg/encode-wire.ts';
import { samplesUv } from '../../../../server/formats/ecg/lead-samples.ts';
import { readEcg } from '../../../../server/formats/ecg/read-ecg.ts';
import type { EcgRecord } from '../../../../server/formats/ecg/record.ts';
import { dataPath, readData } from '../../../support/data.ts';
import { mutated, seeded } from '../../../support/mutations.ts';
import { waveformByHand } from '../../../support/waveform-by-hand.ts';

const SAMPLES = [
  'dicom/waveform/ecg_12lead.dcm',
  'dicom/waveform/hemodynamic_deflated.dcm',
  'dicom/derived/ecg_12lead_JS20000_zh.dcm',
  'dicom/derived/ecg_general_HR06002.dcm',
];
const ROUNDS = 600;
const LIMB = { lead: 1, sensitivity: '2', unit: 'uV' };

const isUnavailable = (error: unknown) => error instanceof Failure && error.code === 'unavailable';

describe('an ECG on its way to the browser', () => {
  it('[SH6] keeps every sample and says of nobody that it is theirs, where a demonstration shows it', async () => {
    for (const path of SAMPLES) {
      const record = readEcg(readDicomFile(await readData(path)));
      const { facts, groups, device } = decodeEcg(withoutPatient(encodeEcg(record)));
      assert.deepEqual(
        groups.map(({ leads }) => leads.map(({ name, counts }) => [name, counts])),
        record.groups.map(({ leads }) => leads.map(({ name, counts }) => [name, counts])),
        path,
      );
      assert.deepEqual(device.statements, [], path);
      const { patientName, patientId, patientBirthDate, patientSex, patientAge, acquiredAt, institution } = facts;
      const personal = [patientName, patientId, patientBirthDate, patientSex, patientAge, acquiredAt, institution];
      assert.ok(
        personal.every((one) => one === ''),
        path,
      );
      assert.equal(facts.sopInstanceUid, record.facts.sopInstanceUid);
    }
  });

  it('[SH6] leaves out what somebody may have typed, where a demonstration shows it', async () => {
    const record = readEcg(readDicomFile(await readData('dicom/derived/ecg_12lead_JS20000_zh.dcm')));
    const typed = { value: 'Zhang1', scheme: '99OWN', meaning: 'Zhang Jianguo' };
    const rate = {
      quantity: 'heart-rate',
      concept: typed,
      values: [72],
      unit: '/min',
    } satisfies EcgRecord['device']['measurements'][number];
    const [group, ...others] = record.groups;
    const [lead, ...leads] = group?.leads ?? [];
    assert.ok(group && lead);
    const named: EcgRecord = {
      ...record,
      groups: [
        {
          ...group,
          label: 'Zhang bed 4',
          otherChannels: ['Zhang'],
          leads: [{ ...lead, name: 'Zhang', source: typed }, ...leads],
        },
        ...others,
      ],
      device: {
        statements: ['Zhang: sinus rhythm'],
        measurements: [rate, { ...rate, quantity: null }],
        marks: [{ concept: typed, range: 'POINT', timesS: [1], group: 0, annotationGroup: null }],
      },
    };
    const shown = decodeEcg(withoutPatient(encodeEcg(named)));
    assert.doesNotMatch(JSON.stringify({ ...shown, facts: {} }), /Zhang/);
    assert.deepEqual(
      shown.device.measurements.map(({ values }) => values),
      [[72]],
    );
    assert.deepEqual(shown.groups[0]?.leads[0]?.counts, lead.counts);
  });

  it('arrives as it was sent, to the last bit', async () => {
    for (const path of SAMPLES) {
      const record = readEcg(readDicomFile(await readData(path)));
      assert.deepEqual(decodeEcg(encodeEcg(record)), record, path);
    }
    const wide = {
      interpretation: 'US',
      channels: [LIMB, LIMB],
      counts: [
        [1, 65535, 3],
        [1, 2, 3],
      ],
    } as const;
    const record = readEcg(
      readDicomFile(
        waveformByHand([
          {
            ...wide,
            channels: [...wide.channels],
            counts: [
              [1, 65535, 3],
              [1, 2, 3],
            ],
          },
        ]),
      ),
    );
    const arrived = decodeEcg(encodeEcg(record));
    assert.deepEqual(arrived, record);
    assert.ok(arrived.groups[0]?.leads[0]?.counts instanceof Int32Array);
    assert.ok(arrived.groups[0]?.leads[1]?.counts instanceof Int16Array);
  });

  it('is small: two bytes a sample and a few kilobytes of text', async () => {
    const record = readEcg(readDicomFile(await readData('dicom/derived/ecg_12lead_JS20000_zh.dcm')));
    const { length } = encodeEcg(record);
    assert.ok(length > 120_000 && length < 126_000, `${length} bytes`);
  });

  it('is refused wherever it is cut', async () => {
    const bytes = encodeEcg(readEcg(readDicomFile(await readData('dicom/waveform/hemodynamic_deflated.dcm'))));
    for (let length = 0; length < bytes.length; length += 211) {
      assert.throws(() => decodeEcg(bytes.subarray(0, length)), isUnavailable, `cut at ${length}`);
    }
    assert.throws(() => decodeEcg(Uint8Array.from([...bytes, 0, 0, 0, 0])), isUnavailable);
  });
});

describe('ECG files that are broken', () => {
  it('are refused with a reason, each of the malformed samples', async () => {
    for (const name of readdirSync(dataPath('dicom/malformed'))) {
      const bytes = await readData(`dicom/malformed/${name}`);
      assert.throws(
        () => readEcg(readDicomFile(bytes)),
        (error) => error instanceof Failure && error.reason !== undefined,
        name,
      );
    }
  });

  it('are refused wherever they are cut, with nothing drawn', async () => {
    const bytes = await readData('dicom/derived/ecg_general_HR06002.dcm');
    for (let length = 133; length < bytes.length - 16; length += 1009) {
      assert.throws(() => readEcg(readDicomFile(bytes.subarray(0, length))), Failure, `cut at ${length}`);
      assert.throws(
        () => readEcg(readDicomFile(bytes.subarray(0, length), { partial: true })),
        Failure,
        `beginning of ${length}`,
      );
    }
  });

  it(`never bring the reader down (${ROUNDS} random mutations)`, async function () {
    this.timeout(180_000);
    const random = seeded(20261124);
    const samples = await Promise.all(SAMPLES.map(readData));
    // The descriptions are where a change matters, so most rounds work on a file that is little else.
    samples.push(
      Uint8Array.from(
        waveformByHand([
          {
            channels: [LIMB, { ...LIMB, lead: 2 }],
            counts: [
              [1, 2],
              [3, 4],
            ],
            padding: 9,
          },
        ]),
      ),
    );
    const before = process.memoryUsage().rss;
    let refused = 0;
    let asOther = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const sample = samples[Math.min(round % 12, samples.length - 1)];
      assert.ok(sample);
      const bytes = mutated(sample, random);
      try {
        const record = readEcg(readDicomFile(bytes));
        for (const group of record.groups)
          for (const lead of group.leads) assert.equal(samplesUv(lead).length, group.sampleCount);
        const wire = encodeEcg(record);
        assert.deepEqual(decodeEcg(wire), record);
        try {
          decodeEcg(mutated(wire, random));
        } catch (error) {
          assert.ok(isUnavailable(error), `round ${round}: ${error}`);
          asOther += 1;
        }
      } catch (error) {
        assert.ok(error instanceof Failure, `round ${round}: ${error instanceof Error ? error.stack : error}`);
        refused += 1;
      }
    }
    assert.ok(refused > ROUNDS / 4 && refused < ROUNDS, `${refused} refused`);
    assert.ok(asOther > 0, 'no damaged record was refused');
    const grown = process.memoryUsage().rss - before;
    assert.ok(grown < 400 * 1024 ** 2, `${grown} bytes of memory more than before`);
  });
});
