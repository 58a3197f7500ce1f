import assert from 'node:assert/strict';
import { LoadedKinds } from '../../../client/review/loaded-kinds.ts';
import type { KindModule } from '../../../client/viewer/viewer.ts';
import type { MaterialView, PictureKind } from '../../../server/contract/picture-kinds.ts';

const materials = ['imaging', 'ecg', 'pathology'].map((kind) => ({ kind, materialId: kind })) as MaterialView[];

/** A kind that has one picture of each of its materials, and is there when `arrive` or `fail` says. */
function openKinds() {
  const ways = new Map<PictureKind, { resolve(module: KindModule): void; reject(failure: Error): void }>();
  const names = ['imaging', 'ecg', 'pathology', 'documents'] as const;
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
      way(name).resolve({ createKind: () => ({ pictures, dispose: () => undefined }) } as unknown as KindModule);
      await kinds.load(name);
    },
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
