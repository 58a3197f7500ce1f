import { bundle } from './bundle.mjs';

/** By the name that `server/runtime/thread-entry.ts` asks for. */
export default bundle('.build/threads', {
  'read-pictures': 'server/pictures/thread/worker.ts',
  'read-table': 'server/imports/table/read-worker.ts',
});
