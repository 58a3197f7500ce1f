import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import type { ImageCache } from '../../../client/imaging/cornerstone/cache.ts';
import type { CornerstoneCore, Image } from '../../../client/imaging/cornerstone/types.ts';
import { imageToCanvas, type Placement } from '../../../client/imaging/transform.ts';
import { createRandom } from '../../support/random.ts';

/** cornerstone-core wants a document when it is loaded, and a window when it tells an event. Nothing else of this process should see them. */
async function load() {
  const [{ core }, viewport, cache] = await Promise.all([
    import('../../../client/imaging/cornerstone/core.ts'),
    import('../../../client/imaging/cornerstone/viewport.ts'),
    import('../../../client/imaging/cornerstone/cache.ts'),
  ]);
  return { core, ...viewport, ...cache };
}

function imageOf(imageId: string, { rows = 10, columns = 10, rowMm = 1, columnMm = 1, sizeInBytes = 100 }): Image {
  return {
    imageId,
    rows,
    columns,
    height: rows,
    width: columns,
    rowPixelSpacing: rowMm,
    columnPixelSpacing: columnMm,
    sizeInBytes,
    color: false,
    invert: false,
    slope: 1,
    intercept: 0,
    windowCenter: undefined,
    windowWidth: undefined,
    minPixelValue: 0,
    maxPixelValue: 0,
    getPixelData: () => [],
  };
}

const PLAIN = { voi: null, invert: false, overlays: {} };
const MIB = 1024 ** 2;

describe('the imaging viewport on cornerstone-core', () => {
  let world: Awaited<ReturnType<typeof load>>;

  before(async () => {
    Object.assign(globalThis, { window: globalThis, document: { createElement: () => ({}) } });
    world = await load();
  });
  after(() => {
    for (const name of ['window', 'document']) Reflect.deleteProperty(globalThis, name);
  });

  function transformed(placement: Placement, size: { width: number; height: number }, image: Image) {
    const to = imageToCanvas(placement, size, image.columnPixelSpacing / image.rowPixelSpacing);
    const viewport = world.toCoreViewport(placement, to, size, image, PLAIN);
    return { ours: to, theirs: world.transformOf({ canvas: size, image, viewport }) };
  }

  it('puts every image where our own transform does, whatever its turn, mirroring, pixels and window', () => {
    const random = createRandom(21);
    const between = (least: number, most: number) => least + random.next() * (most - least);
    for (let run = 0; run < 20_000; run += 1) {
      const rowMm = between(0.1, 2);
      const image = imageOf('huizhen:x', {
        rows: 1 + random.below(3000),
        columns: 1 + random.below(3000),
        rowMm,
        columnMm: random.next() < 0.5 ? rowMm : between(0.1, 2),
      });
      const placement = {
        center: { x: between(0, image.columns), y: between(0, image.rows) },
        imagePixelsPerScreenHeight: between(10, 4000),
        rotation: random.next() < 0.5 ? random.pick([0, 90, 180, 270]) : between(0, 360),
        flipHorizontal: random.next() < 0.5,
        flipVertical: random.next() < 0.5,
      };
      const size = { width: 100 + random.below(2400), height: 100 + random.below(1400) };
      const { ours, theirs } = transformed(placement, size, image);
      for (const name of ['a', 'b', 'c', 'd', 'e', 'f'] as const) {
        const apart = Math.abs(ours[name] - theirs[name]);
        assert.ok(apart <= 1e-9 * Math.max(1, Math.abs(ours[name])), `${name} ${JSON.stringify({ placement, size })}`);
      }
    }
  });

  it('draws pixel for pixel at 1:1 also when turned: the matrix is of whole numbers', () => {
    for (const rotation of [0, 90, 180, 270])
      for (const flipHorizontal of [false, true]) {
        const size = { width: 801, height: 601 };
        const center = { x: 256.5, y: 100.25 };
        const placement = { center, imagePixelsPerScreenHeight: 601, rotation, flipHorizontal, flipVertical: false };
        const { ours, theirs } = transformed(placement, size, imageOf('huizhen:x', { rows: 300, columns: 512 }));
        for (const name of ['a', 'b', 'c', 'd', 'e', 'f'] as const)
          assert.ok(Number.isInteger(theirs[name]) && theirs[name] === ours[name] + 0, `${rotation} ${name}`);
      }
  });

  it('leaves no field of a viewport to the image before, and never a displayed area', () => {
    const image = imageOf('huizhen:x', {});
    const size = { width: 100, height: 100 };
    const placement = {
      center: { x: 5, y: 5 },
      imagePixelsPerScreenHeight: 10,
      rotation: 0,
      flipHorizontal: false,
      flipVertical: false,
    };
    const to = imageToCanvas(placement, size, 1);
    const full = world.toCoreViewport(placement, to, size, image, PLAIN);
    const theirs = (world.core as CornerstoneCore & { getDefaultViewport(canvas: object): object }).getDefaultViewport(
      {},
    );
    assert.deepEqual(new Set(Object.keys(full)), new Set([...Object.keys(theirs), 'look']));
    assert.equal(full.displayedArea, undefined);
    assert.ok(!Object.values(full).includes(null as never), 'null would be ignored where fields are merged');
    const windowed = world.toCoreViewport(placement, to, size, image, {
      ...PLAIN,
      voi: { center: 40, width: 400, function: 'LINEAR' },
    });
    assert.deepEqual(world.lookOf(windowed).voi?.width, 400);
    assert.equal(world.lookOf(full).voi, null, 'as the file says, also after a window of one’s own');
  });

  describe('keeping images', () => {
    let cache: ImageCache;
    const keep = (key: string, bytes: number, of = cache) =>
      of.keep(key, imageOf(of.idOf(key), { sizeInBytes: bytes }));

    beforeEach(() => {
      cache = world.createImageCache('case-1');
      world.core.imageCache.setMaximumSizeBytes(256 * MIB);
    });
    afterEach(() => cache.close());

    it('never holds more bytes than allowed and forgets what was not used longest, however fast it goes', async () => {
      world.core.imageCache.setMaximumSizeBytes(1000);
      const random = createRandom(5);
      let used: number[] = [];
      for (let step = 0; step < 2000; step += 1) {
        const key = random.below(40);
        if (random.next() < 0.5) {
          if (cache.find(String(key))) used = [...used.filter((other) => other !== key), key];
        } else {
          await keep(String(key), 100);
          used = [...used.filter((other) => other !== key), key].slice(-10);
        }
        assert.ok(world.core.imageCache.getCacheInfo().cacheSizeInBytes <= 1000);
        for (let other = 0; other < 40; other += 1)
          assert.equal(cache.has(String(other)), used.includes(other), `step ${step}, ${other}`);
      }
    });

    it('can be found as soon as they are kept, and are never there half', async () => {
      const kept = keep('a', 100);
      assert.equal(cache.has('a'), cache.find('a') !== undefined);
      await kept;
      assert.equal(cache.find('a')?.imageId, cache.idOf('a'));
      assert.ok(world.core.imageCache.cachedImages.every(({ loaded }) => loaded));
    });

    it('keeps a picture that alone is larger than allowed, since somebody looks at it', async () => {
      await keep('small', 5);
      await keep('large', 300 * MIB);
      assert.ok(cache.has('large'), 'or it would be asked for again and again');
      assert.equal(world.core.imageCache.getCacheInfo().maximumSizeInBytes, 375 * MIB);
      await keep('next', 299 * MIB);
      assert.ok(cache.has('next'));
    });

    it('is shared by the reviews of a page, so that two do not take it from each other without end', () => {
      assert.equal(cache.shareBytes, 256 * MIB);
      const other = world.createImageCache('case-2');
      assert.deepEqual([cache.shareBytes, other.shareBytes], [128 * MIB, 128 * MIB]);
      other.close();
      other.close();
      assert.equal(cache.shareBytes, 256 * MIB);
    });

    it('gives up the images of its own review only, and takes none after that', async () => {
      const other = world.createImageCache('case-1');
      await keep('a', 100);
      await keep('a', 100, other);
      assert.notEqual(cache.idOf('a'), other.idOf('a'));
      assert.match(cache.idOf('a'), /^huizhen:case-1:/);
      cache.close();
      await keep('late', 100);
      assert.deepEqual(
        world.core.imageCache.cachedImages.map(({ imageId }) => imageId),
        [other.idOf('a')],
      );
      other.close();
      assert.equal(world.core.imageCache.getCacheInfo().cacheSizeInBytes, 0);
    });
  });

  it('takes of the package only what is declared, and of that no endless redraw, no CSS sizes and no request pools', async () => {
    const folder = new URL('../../../client/', import.meta.url);
    const names = (await readdir(folder, { recursive: true })).filter((name) => /\.tsx?$/.test(name));
    const importing: string[] = [];
    for (const name of names)
      if (/from 'cornerstone-core'/.test(await readFile(new URL(name, folder), 'utf8'))) importing.push(name);
    assert.deepEqual(importing, ['imaging/cornerstone/core.ts']);
    const declared = await readFile(new URL('imaging/cornerstone/types.ts', folder), 'utf8');
    for (const trap of ['enable(', 'resize(', 'fitToWindow(', 'loadAndCacheImage(', 'PoolManager'])
      assert.ok(!new RegExp(`^\\s*\\w*${trap.replace('(', '\\(')}`, 'm').test(declared), trap);
  });
});
