import type { Sending } from '../call/sending.ts';

/** Of a window that only watches. */
export const SILENT: Sending = { tracks: [], onState: () => () => {} };
