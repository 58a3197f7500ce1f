import { Failure } from '../../contract/failure.ts';
import { bulkDataValue } from '../../formats/dicom/dicom-json.ts';
import { openWhole } from '../thread/open-file.ts';
import { openImage } from '../thread/opened-files.ts';
import type { LocalFile } from '../thread/tasks.ts';
import { readFrames } from './read-frames.ts';
import { renderFrame } from './render-frame.ts';

/** What is done with images off the event loop: all that decodes or draws them. */
export const imagingTasks = { frames: readFrames, render: renderFrame, bulk: readBulk };

/** The value of an element that metadata gives by reference. @throws Failure not-found */
async function readBulk({ element, ...local }: LocalFile & { element: string }): Promise<Uint8Array> {
  const opened = await openImage(local);
  // In a large file all but the pixels lies in the beginning that is held; they are asked for as frames.
  const { file } = opened.isWhole || !element.startsWith('7FE0') ? opened : await openWhole(local);
  const value = bulkDataValue(file, element);
  if (value === undefined) throw new Failure('not-found', 'no such element');
  return value.slice();
}
