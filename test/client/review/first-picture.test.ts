import assert from 'node:assert/strict';
import { LoadedKinds } from '../../../client/review/loaded-kinds.ts';
import { createTakenOff } from '../../../client/review/taken-off.ts';
import type { KindModule } from '../../../client/viewer/viewer.ts';
import type { MaterialView, PictureKind } from '../../../server/contract/picture-kinds.ts';

const materials = ['imaging', 'ecg', 'pathology'].map((kind) => ({ kind, materialId: kind })) as MaterialView[];

/** A kind that has one picture of each of its materials, and is there when `arrive` or `fail` says. */
function openKinds() {
  const ways = new Map<PictureKind, { resolve(module: KindModule): void; reject(failure: Error): void }>();
  const names = ['imaging', 'ecg', 'pathology', 'documents'] as const;
  const disposed: PictureKind[] = [];
  const way = (name: PictureKind) => ways.get(name) ?? assert.fail(name);
  const modules = Object.fromEntries(
    names.map((name) => [
      name,
      () => new Promise<KindModule>((resolve, reject) => ways.set(name, { resolve, reject })),
    ]),
  );
  const kinds = new LoadedKinds(modules as Record<PictureKind, () => Promise<KindModule>>, {
    home: 'consultations/case',
  });
  const loading = materials.map(({ kind }) => kinds.load(kind).catch(() => undefined));
  return {
    kinds,
    all: () => Promise.all(loading),
    async arrive(name: PictureKind) {
      const pictures = ({ materialId }: MaterialView) =>
        materialId === name ? [{ pictureId: `${name} 1`, materialId, title: '', detail: '' }] : [];
      way(name).resolve({
        createKind: () => ({ pictures, dispose: () => disposed.push(name) }),
      } as unknown as KindModule);
      await kinds.load(name);
    },
    disposed,
    async fail(name: PictureKind) {
      way(name).reject(new Error('the line broke'));
      await kinds.load(name).catch(() => undefined);
    },
  };
}

describe('the first picture of a case', () => {
  it('is the first of the strip, however late its viewer comes over the line', async () => {
    const { kinds, arrive, all } = openKinds();
    await arrive('pathology');
    await arrive('ecg');
    assert.equal(kinds.firstPicture(materials), undefined);
    await arrive('imaging');
    assert.equal(kinds.firstPicture(materials)?.pictureId, 'imaging 1');
    await all();
  });

  it('is the next one where the first viewer did not come at all', async () => {
    const { kinds, arrive, fail, all } = openKinds();
    await fail('imaging');
    await arrive('ecg');
    await arrive('pathology');
    await all();
    assert.equal(kinds.firstPicture(materials)?.pictureId, 'ecg 1');
  });
});

describe('[SH3] a picture that may be seen no more', () => {
  const [imaging, ecg] = materials as [MaterialView, MaterialView];
  const idsOf = (list: MaterialView[]) => list.map(({ materialId }) => materialId);

  it('goes from whoever looks at it still, be another one shown meanwhile, and only then', () => {
    const takenOff = createTakenOff();
    const showable = new Set(['imaging', 'ecg']);
    const mayStay = (materialId: string) => showable.has(materialId);
    assert.deepEqual(takenOff([imaging], mayStay), []);
    assert.deepEqual(takenOff([ecg], mayStay), [], 'another is shown: whoever looks around may stay');
    showable.delete('imaging');
    assert.deepEqual(idsOf(takenOff([ecg], mayStay)), ['imaging'], 'withdrawn');
    assert.deepEqual(takenOff([ecg], mayStay), [], 'once');
    showable.delete('ecg');
    assert.deepEqual(idsOf(takenOff([], mayStay)), ['ecg']);
  });

  it('leaves nothing of it in its viewer, which is made anew', async () => {
    const { kinds, arrive, disposed } = openKinds();
    await arrive('ecg');
    kinds.unload('ecg');
    assert.deepEqual([disposed, kinds.pictures(materials)], [['ecg'], []]);
    void kinds.load('ecg');
    await arrive('ecg');
    assert.equal(kinds.pictures(materials)[0]?.pictureId, 'ecg 1');
  });
});
