/**
 * What a thread is started with so that it runs a module in TypeScript: on Node 20 its first one cannot be, whatever is named in
 * `execArgv`. It registers the loader and goes on.
 */
export function threadEntry(module: URL): URL {
  const source = `import { register } from '${import.meta.resolve('tsx/esm/api')}'; register(); await import('${module}');`;
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
}
