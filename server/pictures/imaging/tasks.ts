import { readBulk } from './read-bulk.ts';
import { readFrames } from './read-frames.ts';
import { renderFrame } from './render-frame.ts';

/** What is done with images off the event loop: all that decodes or draws them. */
export const imagingTasks = { frames: readFrames, render: renderFrame, bulk: readBulk };
