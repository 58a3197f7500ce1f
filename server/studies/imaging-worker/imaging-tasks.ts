import { inspectFile } from './inspect-file.ts';
import { readBulk } from './read-bulk.ts';
import { readFrames } from './read-frames.ts';
import { renderFrame } from './render-frame.ts';

/** What is done off the event loop with every received file, and with images: all that parses, decodes or draws them. */
export const imagingTasks = { inspect: inspectFile, frames: readFrames, render: renderFrame, bulk: readBulk };
