import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const PARTS = ['client', 'server', 'sfu'];

export interface Import {
  to: string;
  /** Erased before anything runs. */
  isType: boolean;
  /** Loaded by a worker or thread of its own. */
  isWorker?: true;
  /** Loaded when it is asked for. */
  isLazy?: true;
}

/** Every source file of the product with the project's files that it imports; paths from the root. */
export type ImportGraph = Map<string, Import[]>;

export function readImportGraph(): ImportGraph {
  const files = PARTS.flatMap((part) =>
    readdirSync(`${root}${part}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `${part}/${name}`),
  );
  return new Map(files.map((file) => [file, importsOf(file)]));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(root + file, 'utf8');
  const statements = text.matchAll(/^(?:import|export)\b([^;'"]*?)from\s*'(\.[^']+)'|import\(\s*'(\.[^']+)'/gm);
  const worker = text.matchAll(/new URL\(\s*'(\.[^']+\.tsx?)'/g);
  return [
    ...[...statements].map(([, clause = '', from, lazily]) => ({
      to: resolve(file, from ?? lazily ?? ''),
      isType: /^\s*type\b/.test(clause),
      ...(lazily === undefined ? {} : { isLazy: true as const }),
    })),
    ...[...worker].map(([, from = '']) => ({ to: resolve(file, from), isType: false, isWorker: true as const })),
  ].filter(({ to }) => /\.tsx?$/.test(to));
}

/** Packages that a file loads when it runs, by the names it imports them by. */
export function packagesOf(file: string): string[] {
  const statements = readFileSync(root + file, 'utf8').matchAll(
    /^(?:import|export)\b([^;'"]*?)(?:from\s*)?'([^.'][^']*)'|import\(\s*'([^.'][^']*)'/gm,
  );
  return [...statements].flatMap(([, clause = '', name, lazily]) =>
    /^\s*type\b/.test(clause) ? [] : [name ?? lazily ?? ''],
  );
}

function resolve(file: string, specifier: string): string {
  return posix.join(posix.dirname(file), specifier.replace(/\?.*$/, ''));
}

/** Folders inside a noun's own that stand beneath what the noun imports: the rules of the kinds of case, which `access` reads. */
const LAYERS = ['server/cases/kinds', 'server/demonstrations/rules'];

/** The noun that a file belongs to: its folder, whatever lies in it. Files of the root stand for themselves. */
export function folderOf(file: string): string {
  return LAYERS.find((layer) => file.startsWith(`${layer}/`)) ?? file.split('/').slice(0, 2).join('/');
}

/** Which folders of one part of the product import which. */
export function readFolderEdges(
  graph: ImportGraph,
  part: 'client' | 'server',
  isLeftOut = (_file: string): boolean => false,
): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const [file, imports] of graph) {
    if (!file.startsWith(`${part}/`) || isLeftOut(file)) continue;
    const from = folderOf(file);
    const to = edges.get(from) ?? new Set();
    edges.set(from, to);
    for (const one of imports) if (folderOf(one.to) !== from) to.add(folderOf(one.to));
  }
  return edges;
}

/** Groups of more than one node in which each reaches every other, by Tarjan's algorithm. */
export function circlesOf(edges: Map<string, Iterable<string>>): string[][] {
  const found: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const visit = (node: string): number => {
    order.set(node, order.size);
    lowest.set(node, order.size - 1);
    open.push(node);
    isOpen.add(node);
    for (const next of edges.get(node) ?? []) {
      const low = order.has(next)
        ? isOpen.has(next)
          ? (order.get(next) ?? 0)
          : Number.POSITIVE_INFINITY
        : visit(next);
      lowest.set(node, Math.min(lowest.get(node) ?? 0, low));
    }
    if (lowest.get(node) === order.get(node)) {
      const group = open.splice(open.indexOf(node));
      for (const one of group) isOpen.delete(one);
      if (group.length > 1) found.push(group.sort());
    }
    return lowest.get(node) ?? 0;
  };
  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return found;
}

/** All that is loaded when the entries are, or that they can ask for, themselves among it. @param isLeftOut imports that are not followed */
export function loadedBy(
  graph: ImportGraph,
  entries: string | string[],
  isLeftOut = (_import: Import): boolean => false,
): Set<string> {
  const loaded = new Set<string>();
  const queue = [entries].flat();
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (loaded.has(file)) continue;
    loaded.add(file);
    for (const one of graph.get(file) ?? []) if (!one.isType && !isLeftOut(one)) queue.push(one.to);
  }
  return loaded;
}
