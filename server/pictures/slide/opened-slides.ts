import { createLru } from '../../formats/lru.ts';
import { type DeepZoom, deepZoomOf } from '../../formats/slide/deep-zoom.ts';
import type { Slide } from '../../formats/slide/slide.ts';
import { createNodeCodecs } from '../thread/node-codecs.ts';
import type { LocalFile } from '../thread/tasks.ts';
import { openDicomSlide } from './dicom-slide.ts';
import { type FileSource, openFileSource } from './file-source.ts';
import { openSlide } from './open-slide.ts';

/** The files that a slide is made of, in any order. */
export interface SlideFiles {
  files: LocalFile[];
}

export interface OpenedSlide {
  slide: Slide;
  deepZoom: DeepZoom;
}

/** Slides that were asked for last stay open: each holds its structure and its files' handles. */
const MAX_OPEN = 8;
const codecs = createNodeCodecs();
let closing: Promise<unknown> = Promise.resolve();
const opened = createLru<OpenedSlide & { sources: FileSource[] }>({
  limit: MAX_OPEN,
  onEvict({ sources }) {
    closing = Promise.all(sources.map((source) => source.close()));
  },
});

/** One task at a time runs in a thread, so that nobody reads a slide that is being closed. Stored files never change. */
export async function openSlideFiles({ files }: SlideFiles): Promise<OpenedSlide> {
  const key = files.map(({ path }) => path).join('\n');
  const known = opened.get(key);
  if (known) return known;
  const sources: FileSource[] = [];
  try {
    for (const { path } of files) sources.push(await openFileSource(path));
    const [only] = sources;
    const slide =
      only !== undefined && sources.length === 1
        ? await openSlide(only, codecs)
        : await openDicomSlide(sources, codecs);
    const entry = { slide, deepZoom: deepZoomOf(slide), sources };
    opened.set(key, entry);
    await closing;
    return entry;
  } catch (err) {
    for (const source of sources) await source.close();
    throw err;
  }
}
