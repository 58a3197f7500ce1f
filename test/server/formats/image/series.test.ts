import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { jsonAttributes } from '../../../../server/formats/dicom/json-attributes.ts';
import { createPassReader, type PassFacts } from '../../../../server/formats/image/pass-facts.ts';
import { orderSeries, type Placed, positionAlongNormal } from '../../../../server/formats/image/series-order.ts';
import { dataPath } from '../../../support/data.ts';
import { imageOf, openSample, seriesReferences } from '../../../support/imaging-world.ts';

interface Named extends Placed {
  name: string;
}

async function imagesOf(series: string): Promise<Named[]> {
  const folder = `dicom/series/${series}`;
  const names = readdirSync(dataPath(folder)).filter((name) => name.endsWith('.dcm'));
  return Promise.all(names.map(async (name) => ({ ...imageOf(await openSample(`${folder}/${name}`)), name })));
}

const NO_PASS = createPassReader(jsonAttributes({}))(1);

/** An axial image at `z` millimetres. */
function slice(about: { z?: number; number?: number; frame?: number; pass?: Partial<PassFacts> }): Placed {
  return {
    imagePositionPatient: [0, 0, about.z ?? 0],
    imageOrientationPatient: [1, 0, 0, 0, 1, 0],
    instanceNumber: about.number ?? null,
    frame: about.frame ?? 1,
    pass: { ...NO_PASS, ...about.pass },
  };
}

function shuffled<T>(items: T[]): T[] {
  // Far apart and in no order, but always the same.
  return items
    .map((item, index) => ({ item, key: (index * 7919) % 997 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

describe('the order of a series', () => {
  for (const [name, reference] of seriesReferences) {
    it(`is that of the slices in the patient (${name.split('/').at(-1)})`, async () => {
      const images = await imagesOf(name.split('/').at(-1) ?? '');
      assert.equal(images.length, reference.files);
      const { images: ordered, by, spacingMm } = orderSeries(shuffled(images));
      assert.equal(by, 'position');
      // The ends are those of the reference; which is first, the instance numbers say.
      const ends = [ordered[0], ordered.at(-1)].sort(
        (a, b) => (a ? (positionAlongNormal(a) ?? 0) : 0) - (b ? (positionAlongNormal(b) ?? 0) : 0),
      );
      assert.deepEqual(
        ends.map((image) => image?.name),
        [reference.firstFileAlongNormal, reference.lastFileAlongNormal],
      );
      assert.ok((ordered[0]?.instanceNumber ?? 0) <= (ordered.at(-1)?.instanceNumber ?? 0));
      const found = ends.map((image) => (image ? positionAlongNormal(image) : null) ?? NaN);
      [reference.positionAlongNormal.first, reference.positionAlongNormal.last].forEach((position, n) => {
        assert.ok(Math.abs((found[n] ?? NaN) - position) < 0.001, `${found[n]} instead of ${position}`);
      });
      assert.ok(Math.abs((spacingMm?.min ?? NaN) - reference.spacing.min) < 0.001, `${spacingMm?.min}`);
      assert.ok(Math.abs((spacingMm?.max ?? NaN) - reference.spacing.max) < 0.001, `${spacingMm?.max}`);
    });
  }

  it('shows where a slice is missing', async () => {
    const images = await imagesOf('ct-chest-lidc0314');
    const whole = orderSeries(images);
    assert.deepEqual([whole.regular, whole.gaps], [true, []]);
    const gap = orderSeries(whole.images.filter((_, index) => index !== 20));
    assert.deepEqual([gap.regular, gap.gaps], [false, [{ after: 19, missing: 1 }]]);
    const larger = orderSeries(whole.images.filter((_, index) => index < 10 || index > 13));
    assert.deepEqual(larger.gaps, [{ after: 9, missing: 4 }]);
  });

  it('lacks nothing where a head was scanned at 5 mm below and 10 mm above', () => {
    const head = [0, 5, 10, 15, 20, 30, 40, 50, 60].map((z, index) => slice({ z, number: index + 1 }));
    const { gaps, regular, spacingMm } = orderSeries(head);
    assert.deepEqual([gaps, regular, spacingMm], [[], false, { min: 5, usual: 5, max: 10 }]);
  });

  it('is that of the instance numbers where slices have no place, or share one, or stand across one another', async () => {
    const images = (await imagesOf('ct-chest-lidc0314')).slice(0, 6);
    const numbers = (list: readonly Placed[]) => list.map(({ instanceNumber }) => instanceNumber);
    const expected = numbers(images).sort((a, b) => (a ?? 0) - (b ?? 0));
    const unplaced = images.map((image, index) => (index === 3 ? { ...image, imagePositionPatient: null } : image));
    const phases = images.map((image) => ({ ...image, imagePositionPatient: images[0]?.imagePositionPatient ?? null }));
    const turned = images.map((image, index) =>
      index === 2 ? { ...image, imageOrientationPatient: [0, 1, 0, 0, 0, -1] as const } : image,
    );
    for (const list of [unplaced, phases, turned]) {
      const ordered = orderSeries(shuffled(list as Placed[]));
      assert.equal(ordered.by, 'instance-number');
      assert.deepEqual(numbers(ordered.images), expected);
      assert.equal(ordered.spacingMm, null);
    }
  });

  it('has the frames of one file one after another', () => {
    const frames = [3, 1, 2].map((frame) => ({ ...slice({ number: 7, frame }), imagePositionPatient: null }));
    assert.deepEqual(
      orderSeries(frames).images.map(({ frame }) => frame),
      [1, 2, 3],
    );
    assert.deepEqual(orderSeries([]).images, []);
  });
});

/** Two passes over six places, the numbers of each from 1 to 6, what tells them apart as given; in no order. */
function twoPasses(
  factsOf: (pass: number, place: number) => Partial<PassFacts>,
  numberOf = (_pass: number, place: number) => place,
) {
  const images = [1, 2].flatMap((pass) =>
    [1, 2, 3, 4, 5, 6].map((place) =>
      slice({ z: place * 2, number: numberOf(pass, place), pass: factsOf(pass, place) }),
    ),
  );
  return orderSeries(shuffled(images));
}

const heights = (images: Placed[]) => images.map(({ imagePositionPatient }) => imagePositionPatient?.[2]);
const UP_TWICE = [2, 4, 6, 8, 10, 12, 2, 4, 6, 8, 10, 12];

describe('several passes over the same positions', () => {
  const kinds: [string, string, (pass: number, place: number) => Partial<PassFacts>][] = [
    ['acquisition', 'acquisition', (pass) => ({ acquisitionNumber: pass })],
    ['acquisition time', 'acquisition', (pass) => ({ acquiredAt: `20261101080${pass}00` })],
    ['temporal position', 'temporal-position', (pass) => ({ temporalPosition: pass })],
    ['echo', 'echo', (pass) => ({ echoTimeMs: pass * 20 })],
    ['b-value', 'diffusion', (pass) => ({ diffusionBValue: (pass - 1) * 1000 })],
    ['image type', 'dimension', (pass) => ({ imageType: pass === 1 ? 'ORIGINAL\\M' : 'ORIGINAL\\P' })],
  ];
  for (const [name, by, facts] of kinds)
    it(`follow one another by their ${name}, though both number their slices from 1`, () => {
      const { images, passes } = twoPasses(facts);
      assert.deepEqual(heights(images), UP_TWICE);
      assert.deepEqual(passes, { by, counts: [6, 6] });
      const first = JSON.stringify(images[0]?.pass);
      assert.ok(
        images.slice(0, 6).every(({ pass }) => JSON.stringify(pass) === first),
        'nothing is mixed',
      );
    });

  it('follow one another by the time of each slice where nothing else is stated', () => {
    const { images, passes } = twoPasses((pass, place) => ({ acquiredAt: `2026110108${pass}00${place}` }));
    assert.deepEqual(heights(images), UP_TWICE);
    assert.deepEqual(passes, { by: 'numbers', counts: [6, 6] });
    assert.ok(images.slice(0, 6).every(({ pass }) => pass.acquiredAt.startsWith('20261101081')));
  });

  it('take two facts where one does not tell them apart', () => {
    const images = [1, 2].flatMap((acquisitionNumber) =>
      [10, 80].flatMap((echoTimeMs) =>
        [1, 2, 3].map((z) => slice({ z, number: z, pass: { acquisitionNumber, echoTimeMs } })),
      ),
    );
    const { images: ordered, passes } = orderSeries(shuffled(images));
    assert.deepEqual(heights(ordered), [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]);
    assert.deepEqual(passes, { by: 'dimension', counts: [3, 3, 3, 3] });
    assert.deepEqual(
      [0, 3, 6, 9].map((at) => [ordered[at]?.pass.acquisitionNumber, ordered[at]?.pass.echoTimeMs]),
      [
        [1, 10],
        [1, 80],
        [2, 10],
        [2, 80],
      ],
    );
  });

  it('keep the modality’s numbers where those are the only order', () => {
    const { images, by } = twoPasses(
      () => ({}),
      (pass, place) => place * 2 + pass,
    );
    assert.equal(by, 'instance-number');
    assert.deepEqual(heights(images), [2, 2, 4, 4, 6, 6, 8, 8, 10, 10, 12, 12]);
  });

  it('show a gap in one of them where it is', () => {
    const images = [1, 2].flatMap((acquisitionNumber) =>
      [1, 2, 3, 4, 5, 6]
        .filter((z) => acquisitionNumber === 1 || z !== 4)
        .map((z) => slice({ z, number: z, pass: { acquisitionNumber } })),
    );
    const { gaps, passes } = orderSeries(shuffled(images));
    assert.deepEqual(gaps, [{ after: 8, missing: 1 }]);
    assert.deepEqual(passes.counts, [6, 5]);
  });

  it('of an enhanced object are those of its Dimension Index Values, however its frames are shuffled', () => {
    const dimension = (pointer: string, index: number) => ({ pointer, index });
    const frames = [2, 1].flatMap((phase) =>
      [5, 2, 6, 1, 3, 4].map((position, at) =>
        slice({
          z: -position,
          number: 1,
          frame: (2 - phase) * 6 + at + 1,
          pass: {
            inStackPosition: position,
            dimensions: [dimension('00209056', 1), dimension('00209057', position), dimension('00209128', phase)],
          },
        }),
      ),
    );
    const { images, passes } = orderSeries(frames);
    assert.deepEqual(passes, { by: 'temporal-position', counts: [6, 6] });
    assert.deepEqual(
      images.map(({ pass }) => pass.dimensions.map(({ index }) => index).join('.')),
      [1, 2].flatMap((phase) => [1, 2, 3, 4, 5, 6].map((position) => `1.${position}.${phase}`)),
    );
  });
});

describe('what tells passes apart', () => {
  it('is read from a file of its own for each slice and from the frame of an enhanced object', async () => {
    const one = jsonAttributes({
      '00080022': { vr: 'DA', Value: ['20261101'] },
      '00080032': { vr: 'TM', Value: ['080100'] },
      '00180081': { vr: 'DS', Value: [80] },
      '00200012': { vr: 'IS', Value: [2] },
      '00200100': { vr: 'IS', Value: [3] },
    });
    assert.deepEqual(createPassReader(one)(1), {
      ...NO_PASS,
      acquiredAt: '20261101080100',
      echoTimeMs: 80,
      acquisitionNumber: 2,
      temporalPosition: 3,
    });
    const segmented = imageOf(await openSample('dicom/seg-rt/seg_image_ct_binary.dcm'), 2).pass;
    assert.deepEqual(segmented.dimensions, [
      { pointer: '0062000B', index: 1 },
      { pointer: '00200032', index: 3 },
    ]);
    const enhanced = imageOf(await openSample('dicom/multiframe/emri_10f_explicit_le.dcm'), 2).pass;
    assert.deepEqual([enhanced.acquisitionNumber, enhanced.acquiredAt], [3, '20120820120804.06']);
    assert.deepEqual(imageOf(await openSample('dicom/multiframe/emri_10f_explicit_be.dcm'), 2).pass, enhanced);
  });
});
