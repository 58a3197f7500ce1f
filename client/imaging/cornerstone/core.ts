import cornerstone from 'cornerstone-core';
import type { CornerstoneCore } from './types.ts';

/** The only import of the package. It lives in the page, once: its enabled elements, loaders and cache are shared by all who use it. */
export const core: CornerstoneCore = cornerstone;
