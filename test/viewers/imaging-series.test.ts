import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { orderSeries, type Placed, positionAlongNormal } from '../../server/imaging/series-order.ts';
import { dataPath } from '../support/data.ts';
import { imageOf, openSample, seriesReferences } from './imaging-world.ts';

interface Named extends Placed {
  name: string;
}

async function imagesOf(series: string): Promise<Named[]> {
  const folder = `dicom/series/${series}`;
  const names = readdirSync(dataPath(folder)).filter((name) => name.endsWith('.dcm'));
  return Promise.all(names.map(async (name) => ({ ...imageOf(await openSample(`${folder}/${name}`)), name })));
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
    assert.deepEqual([whole.regular, whole.gapsAfter], [true, []]);
    const gap = orderSeries(whole.images.filter((_, index) => index !== 20));
    assert.deepEqual([gap.regular, gap.gapsAfter], [false, [19]]);
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
    const frames = [3, 1, 2].map(
      (frame): Placed => ({ frame, instanceNumber: 7, imagePositionPatient: null, imageOrientationPatient: null }),
    );
    assert.deepEqual(
      orderSeries(frames).images.map(({ frame }) => frame),
      [1, 2, 3],
    );
    assert.deepEqual(orderSeries([]).images, []);
  });
});
