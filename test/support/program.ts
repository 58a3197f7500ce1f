import { fileURLToPath } from 'node:url';
import { isUpToDate } from '../../server/runtime/thread-entry.ts';

/** Where `.setup/programs.mjs` puts them. */
const BUILT = new URL('../../.build/programs/', import.meta.url);

const PROGRAMS: Record<string, string> = {
  'server/main.ts': 'server',
  'server/admin.ts': 'admin',
  'sfu/main.ts': 'sfu',
};

/**
 * What node is started with so that it runs a program of the project. From the one file that it was built into it is there in a third of
 * the time; from its sources, as `npm start` runs it, where nothing was built or a source has changed since.
 */
export function programArguments(main: string): string[] {
  const built = PROGRAMS[main];
  if (built === undefined || !isUpToDate(BUILT)) return ['--import', 'tsx', main];
  return [fileURLToPath(new URL(`${built}.mjs`, BUILT))];
}
