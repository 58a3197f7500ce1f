import assert from 'node:assert/strict';
import { circlesOf, type ImportGraph, loadedBy, packagesOf, readImportGraph } from './import-graph.ts';

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
      'client/uploads/inspect.worker.ts',
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
