import { z } from 'zod';
import { ImportApplyInput, ImportProgress, ImportView } from './imports.ts';
import { Id } from './primitives.ts';
import { route } from './route.ts';

const oneImport = z.object({ importId: Id });

/** Importing what a file says. Files go up and tables come down as bytes: see PROTOCOL.md. */
export const importRoutes = {
  /** What was shown of a file, to whom it was shown. */
  'import:read': route('GET', '/api/imports/:importId', { params: oneImport, reply: ImportView }),
  /** The next steps of it. Asked again with an earlier `from` the answer was lost: people get new links, all else stays. */
  'import:apply': route('POST', '/api/imports/:importId/steps', {
    params: oneImport,
    body: ImportApplyInput,
    reply: ImportProgress,
  }),
} as const;
