import assert from 'node:assert/strict';
import i18next from 'i18next';
import { acquiredText, captionsOf } from '../../../client/ecg/captions.ts';
import { ecgCommands } from '../../../client/ecg/commands.ts';
import { valueText } from '../../../client/ecg/device-panel.ts';
import { ecgMeasures, type MeasuredGroup, marchPoints } from '../../../client/ecg/measure.ts';
import { createOpenEcg, firstGroup } from '../../../client/ecg/open-ecg.ts';
import { picturesOf } from '../../../client/ecg/pictures.ts';
import { toPoint } from '../../../client/ecg/place.ts';
import * as views from '../../../client/ecg/view.ts';
import { en } from '../../../client/i18n/en.ts';
import { zhCn } from '../../../client/i18n/zh-CN.ts';
import { FOLLOW_KEY, HELP_KEY, KEY_IMAGE_KEY, PRESENT_KEY } from '../../../client/review/keys.ts';
import { type Measurement, measureWith } from '../../../client/shapes/measurement.ts';
import { shapes } from '../../../client/shapes/shapes.ts';
import type { MaterialView } from '../../../server/contract/picture-kinds.ts';
import type { Shape } from '../../../server/contract/review.ts';
import { readDicomFile } from '../../../server/formats/dicom/dicom-file.ts';
import { readEcg } from '../../../server/formats/ecg/read-ecg.ts';
import { readData } from '../../support/data.ts';
import { zh, zhPattern } from '../../support/zh.ts';

const RHYTHM = {
  originality: 'ORIGINAL' as const,
  sampleRateHz: 500,
  durationS: 10,
  leads: Array.from({ length: 12 }),
};
const measureShape = (shape: Shape, group: MeasuredGroup | undefined): Measurement =>
  measureWith(ecgMeasures(group), shape);
const MEDIAN = { ...RHYTHM, originality: 'DERIVED' as const, durationS: 1.2 };
const at = (timeS: number, amplitudeUv = 0, lead = 1) => toPoint({ lead, rhythm: false, timeS, amplitudeUv }, 12);
const caliper = (start: ReturnType<typeof at>, end: ReturnType<typeof at>, march = false): Shape => ({
  kind: 'caliper',
  start,
  end,
  march,
});
const qt = (previous: number, onset: number, tEnd: number): Shape => ({
  kind: 'qt',
  previousOnset: at(previous),
  onset: at(onset),
  tEnd: at(tEnd),
});
const valuesOf = ({ values }: Measurement) =>
  Object.fromEntries(values.map(({ quantity, value }) => [quantity, value]));

before(() => i18next.init({ lng: 'zh-CN', resources: { 'zh-CN': zhCn, en }, interpolation: { escapeValue: false } }));

describe('measuring an ECG', () => {
  it('with a caliper gives the interval, its rate and the voltage, and says what they rest on', () => {
    const measurement = measureShape(caliper(at(1.2, -100), at(2, 900)), RHYTHM);
    assert.deepEqual(valuesOf(measurement), { duration: 800, 'rate-if-rr': 75, amplitude: 1 });
    assert.deepEqual(
      measurement.values.map(({ unit, fractionDigits }) => [unit, fractionDigits]),
      [
        ['ms', 0],
        ['次/分', 0],
        ['mV', 2],
      ],
    );
    assert.equal(measurement.pending, false);
    assert.equal(measurement.calibration, zh('ecg:calibration.rateAndSensitivity', { rate: 500 }));
    assert.deepEqual(valuesOf(measureShape(caliper(at(2, 900), at(1.2, -100)), RHYTHM)), {
      duration: 800,
      'rate-if-rr': 75,
      amplitude: -1,
    });
  });

  it('gives no rate without an interval, and no voltage between two leads', () => {
    assert.deepEqual(valuesOf(measureShape(caliper(at(2, 0), at(2, 500)), RHYTHM)), { duration: 0, amplitude: 0.5 });
    assert.deepEqual(valuesOf(measureShape(caliper(at(2, 0), at(3, 0, 4)), RHYTHM)), {
      duration: 1000,
      'rate-if-rr': 60,
    });
  });

  it('calls no PR interval a heart rate: below the shortest RR there is none, above it is said to hold for an RR', () => {
    const ratesOf = (ms: number) =>
      measureShape(caliper(at(2), at(2 + ms / 1000)), RHYTHM)
        .values.map(({ quantity }) => quantity)
        .filter((quantity) => quantity.startsWith('rate'));
    for (const ms of [90, 160, 185, 220]) assert.deepEqual(ratesOf(ms), [], `${ms} ms`);
    for (const ms of [260, 400, 1000]) assert.deepEqual(ratesOf(ms), ['rate-if-rr'], `${ms} ms`);
    assert.equal(i18next.t('review:measure.rate-if-rr'), '按 RR 间期计心率');
  });

  it('of QT gives RR, rate, and QT corrected by Bazett and by Fridericia', () => {
    const values = valuesOf(measureShape(qt(1, 1.64, 2), RHYTHM));
    assert.equal(Math.round(values['qt'] ?? 0), 360);
    assert.equal(Math.round(values['rr'] ?? 0), 640);
    assert.equal(Math.round((values['rate'] ?? 0) * 100), 9375);
    assert.equal(Math.round(values['qtc-bazett'] ?? 0), 450);
    assert.equal(Math.round(values['qtc-fridericia'] ?? 0), 418);
    // Points in another order measure nothing rather than something negative.
    assert.deepEqual(measureShape(qt(1, 1.64, 1.6), RHYTHM), { values: [], calibration: undefined, pending: false });
    assert.deepEqual(Object.keys(valuesOf(measureShape(qt(1.64, 1.64, 2), RHYTHM))), ['qt']);
  });

  it('in the one beat that the device computed gives no rate, and names the device', () => {
    assert.deepEqual(valuesOf(measureShape(caliper(at(0.2), at(0.6, 300)), MEDIAN)), { duration: 400, amplitude: 0.3 });
    const measurement = measureShape(qt(0, 0.46, 0.83), MEDIAN);
    assert.deepEqual(
      measurement.values.map(({ quantity }) => quantity),
      ['qt'],
    );
    const rests = [zh('ecg:calibration.derived'), zh('ecg:calibration.rate', { rate: 500 })];
    assert.equal(measurement.calibration, rests.join(' · '));
  });

  it('waits for the record, and knows no shapes of other pictures', () => {
    assert.equal(measureShape(caliper(at(0), at(1)), undefined).pending, true);
    const length: Shape = { kind: 'length', start: at(0), end: at(1) };
    assert.deepEqual(measureShape(length, RHYTHM), { values: [], calibration: undefined, pending: false });
  });

  it('marches a caliper out over the whole record, on its lead, besides its own legs', () => {
    const marks = marchPoints(caliper(at(2.1), at(3), true), RHYTHM);
    assert.deepEqual(
      marks.map(({ x }) => Math.round(x)),
      [300, 1200, 3900, 4800, 5700, 6600, 7500, 8400, 9300],
    );
    assert.ok(marks.every(({ y }) => y === at(0).y));
    assert.deepEqual(marchPoints(caliper(at(2.1), at(3)), RHYTHM), []);
    assert.deepEqual(marchPoints(caliper(at(0.1), at(0.3), true), MEDIAN), []);
    assert.deepEqual(marchPoints(caliper(at(2), at(2), true), RHYTHM), []);
  });
});

describe('what stands around an ECG', () => {
  it('says when, from where, how it is drawn and which part, and names nobody', async () => {
    const ecg = createOpenEcg(readEcg(readDicomFile(await readData('dicom/waveform/ecg_12lead.dcm'))));
    const view = views.firstSheet({ kind: 'ecg', recordId: '2.25.1', group: 0 }, views.USUAL);
    const group = ecg.group(0);
    assert.ok(group);
    const captions = captionsOf({ view, ecg, group, magnification: undefined });
    assert.match(captions.record, new RegExp(`^2013-01-25 10:59:19 · ${zh('ecg:group.rhythm')} · Standard 12-lead`));
    const [layout, band] = [zh('ecg:layout.3x4+1'), zh('ecg:filter.band', { band: '0.05–300 Hz' })];
    assert.equal(captions.setting, `25 mm/s · 10 mm/mV · ${layout} · ${band}`);
    assert.equal(captions.position, zh('ecg:corner.position', { from: 0, to: 10, whole: 10 }));
    assert.equal(captions.offScale, '');
    assert.deepEqual(captions.scale, { text: zh('ecg:corner.assumed'), kind: 'assumed' });
    assert.equal(captionsOf({ view, ecg, group, magnification: 1.0001 }).scale.kind, 'true');
    assert.equal(
      captionsOf({ view, ecg, group, magnification: 1.35 }).scale.text,
      zh('ecg:corner.scaled', { percent: 135 }),
    );
    assert.doesNotMatch(JSON.stringify(captions), /Anonymous|642341/);
    const median = ecg.group(1);
    assert.ok(median);
    const derived = captionsOf({
      view: { ...view, target: { ...view.target, group: 1 } },
      ecg,
      group: median,
      magnification: 1,
    });
    assert.match(derived.record, zhPattern('ecg:group.median'));
    assert.equal(derived.position, zh('ecg:corner.position', { from: 0, to: 1.2, whole: 1.2 }));
    assert.equal(
      firstGroup({ ...ecg.record, groups: ecg.record.groups.toReversed() }),
      1,
      'what was recorded comes first',
    );
  });

  it('writes times of any precision as the device gave them', () => {
    assert.equal(acquiredText('20130125105919.120+0100'), '2013-01-25 10:59:19');
    assert.equal(acquiredText('20240101'), '2024-01-01');
    assert.equal(acquiredText('202401'), '2024-01');
    assert.equal(acquiredText('2024010112'), '2024-01-01 12');
    assert.equal(acquiredText(''), zh('ecg:corner.noTime'));
  });

  it('writes what the device measured with its unit, and a dash where it found nothing', () => {
    const concept = { value: '', scheme: '', meaning: 'x' };
    assert.equal(valueText({ quantity: 'qrs-axis', concept, values: [0], unit: 'deg' }), '0°');
    assert.equal(
      valueText({ quantity: 'heart-rate', concept, values: [69], unit: '{H.B.}/min' }),
      `69 ${zh('ecg:device.perMinute')}`,
    );
    assert.equal(valueText({ quantity: 'pp', concept, values: [0], unit: 'ms' }), '–');
    assert.equal(valueText({ quantity: null, concept, values: [0], unit: 'mV' }), '0 mV');
    assert.equal(valueText({ quantity: 'qt', concept, values: [], unit: 'ms' }), '–');
  });

  it('names a record by its description, else by its number', () => {
    const material = {
      kind: 'ecg',
      materialId: 'm',
      records: [
        { recordId: '2.25.1', description: '静息心电图', number: 3 },
        { recordId: '2.25.2', description: '', number: null },
      ],
    } as unknown as MaterialView;
    const [first, second] = picturesOf(material);
    assert.deepEqual(
      [first?.pictureId, first?.title, first?.detail],
      ['2.25.1', '静息心电图', zh('ecg:recordNumber', { number: 3 })],
    );
    assert.equal(second?.title, zh('ecg:recordNumber', { number: 2 }));
    assert.deepEqual(picturesOf({ ...material, kind: 'imaging' } as MaterialView), []);
  });
});

describe('the commands of an ECG', () => {
  const nothing = () => undefined;
  const all = () =>
    ecgCommands({
      setting: views.USUAL,
      set: nothing,
      groups: ['节律', '中位心搏'],
      group: 0,
      setGroup: nothing,
      hasPages: true,
      page: nothing,
      scroll: nothing,
      goTo: nothing,
      look: nothing,
      fit: nothing,
      trueSize: nothing,
      isTrueSize: false,
      zoom: nothing,
      calibrate: nothing,
      print: nothing,
      deviceOpen: false,
      setDeviceOpen: nothing,
    }).flatMap((command) => [command, ...(command.menu ?? [])]);

  it('have a key each that no other one has, nor the shared review', () => {
    const keys = all().flatMap((command) => command.keys);
    const shared = [
      ...Object.values(shapes).flatMap(({ key, toggle }) => [key, ...(toggle ? [toggle.key] : [])]),
      ...[KEY_IMAGE_KEY, FOLLOW_KEY, PRESENT_KEY, HELP_KEY],
    ];
    const taken = [...shared, 'Enter', 'Delete', 'Backspace', 'Escape', 'Tab', ' '];
    assert.equal(new Set([...keys, ...taken]).size, keys.length + taken.length);
  });

  it('have an id each, a text in both languages, and a face on the toolbar', () => {
    const commands = all();
    assert.equal(new Set(commands.map(({ id }) => id)).size, commands.length);
    for (const { label, icon, hidden, menu, group } of commands) {
      assert.ok(label !== '' && !label.includes('ecg:'));
      assert.ok(hidden || menu || icon || group === 'setting');
    }
    const paths = (texts: object, path = ''): string[] =>
      Object.entries(texts).flatMap(([key, value]) =>
        typeof value === 'string' ? [`${path}${key}`] : paths(value as object, `${path}${key}.`),
      );
    assert.deepEqual(paths(en.ecg), paths(zhCn.ecg));
  });
});
