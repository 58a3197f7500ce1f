import assert from 'node:assert/strict';
import {
  circlesOf,
  folderOf,
  type ImportGraph,
  loadedBy,
  packagesOf,
  readFolderEdges,
  readImportGraph,
} from './import-graph.ts';

describe('the house', () => {
  let graph: ImportGraph;
  before(() => {
    graph = readImportGraph();
  });

  it('has no circle: of two files that import each other neither can be read or changed alone, types too', () => {
    assert.ok(graph.size > 1000, 'the whole product is looked at');
    const edges = new Map([...graph].map(([file, imports]) => [file, imports.map(({ to }) => to)]));
    assert.deepEqual(circlesOf(edges), []);
  });

  /** Names the stores of all nouns, and every noun's use cases work on it: types alone, which the next test holds. */
  const ALL_STORES = 'server/store/stores.ts';

  it('has no circle of folders on the server, so that a noun can be read with those beneath it and no others', () => {
    const edges = readFolderEdges(graph, 'server', (file) => file === ALL_STORES);
    assert.ok(edges.size > 25, 'the whole server is looked at');
    assert.deepEqual(circlesOf(edges), []);
  });

  it('has no circle of folders in the client, so that no page has to be known to read what it is made of', () => {
    const edges = readFolderEdges(graph, 'client');
    assert.ok(edges.size > 18, 'the whole client is looked at');
    assert.deepEqual(circlesOf(edges), []);
  });

  it('ties nouns together in one file alone, which knows nothing of them but the types of their stores', () => {
    for (const { to, isType } of graph.get(ALL_STORES) ?? []) {
      assert.ok(isType, to);
      assert.match(to, /store\.ts$/);
    }
    const others = [...graph].filter(([file]) => folderOf(file) === 'server/store' && file !== ALL_STORES);
    for (const [file, imports] of others)
      for (const { to } of imports) assert.match(to, /^server\/(contract|store)\//, file);
  });

  it('finds a circle where there is one', () => {
    const edges = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['a']],
      ['d', []],
    ]);
    assert.deepEqual(circlesOf(edges), [['a', 'b', 'c']]);
  });

  it('imports only what is there', () => {
    for (const [file, imports] of graph)
      for (const { to } of imports) assert.ok(graph.has(to) || to.endsWith('.d.ts'), `${file} imports ${to}`);
  });

  it('reads files in threads without HTTP, rights, cases or the database', () => {
    const loaded = loadedBy(graph, 'server/pictures/thread/worker.ts');
    assert.ok(loaded.has('server/formats/dicom/read-dataset.ts'));
    const foreign = [...loaded].filter(
      (file) =>
        !/^server\/(contract|formats|pictures|runtime)\//.test(file) &&
        !['server/archive/durable.ts', 'server/archive/metadata-links.ts'].includes(file),
    );
    assert.deepEqual(foreign, []);
    assert.deepEqual(
      [...loaded].filter((file) => /^server\/pictures\/.*(routes|serving|access)/.test(file)),
      [],
    );
  });

  it('lets workers of the browser and threads of the server load no schemas: each would load all of zod by itself', () => {
    const workers = [...graph.values()].flat().flatMap(({ to, isWorker }) => (isWorker ? [to] : []));
    assert.deepEqual(workers.sort(), [
      'client/imaging/decode-worker.ts',
      'client/masking/mask.worker.ts',
      'client/uploads/inspect.worker.ts',
      'server/imports/table/read-worker.ts',
      'server/pictures/thread/worker.ts',
    ]);
    const parsing = (entry: string) =>
      [...loadedBy(graph, entry)].filter((file) => !file.endsWith('.d.ts') && packagesOf(file).includes('zod'));
    for (const entry of workers) assert.deepEqual(parsing(entry), [], entry);
    assert.ok(parsing('client/main.tsx').length > 10, 'it is found where it is');
  });

  it('keeps what files mean free of Node, HTTP and cases: both sides import it', () => {
    for (const [file, imports] of graph) {
      if (!file.startsWith('server/formats/')) continue;
      for (const { to } of imports) assert.match(to, /^server\/(formats|contract)\//, file);
    }
  });
});
