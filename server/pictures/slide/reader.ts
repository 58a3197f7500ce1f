import { Failure } from '../../contract/failure.ts';
import { readInstance } from '../../formats/slide/dicom/instance.ts';
import type { PictureReader } from '../reader.ts';
import { createNodeCodecs } from '../thread/node-codecs.ts';
import { openFileSource } from './file-source.ts';
import { recogniseSlide } from './open-slide.ts';
import { slideTasks } from './tasks.ts';
import { openTiffSlide } from './tiff-slide.ts';

export const pathology: PictureReader = {
  async recogniseFile({ path }) {
    const source = await openFileSource(path);
    try {
      if ((await recogniseSlide(source)) !== 'tiff') return undefined;
      const slide = await openTiffSlide(source, createNodeCodecs());
      await slide.check();
      return { pageCount: null };
    } finally {
      await source.close();
    }
  },

  async inspectInstance({ path }) {
    const source = await openFileSource(path);
    try {
      const { kind } = await readInstance(source);
      return { refusal: null, showsLabel: kind !== 'level' && kind !== 'thumbnail' };
    } catch (err) {
      if (!(err instanceof Failure) || err.reason === undefined) throw err;
      // A part that cannot be understood might as well be the label.
      return { refusal: { reason: err.reason, message: err.message }, showsLabel: true };
    } finally {
      await source.close();
    }
  },

  tasks: slideTasks,
};
