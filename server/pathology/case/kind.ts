import { Failure } from '../../contract/index.ts';
import type { PictureKindModule } from '../../pictures/kind.ts';
import { createNodeCodecs } from '../../studies/codecs.ts';
import { openFileSource } from '../byte-source.ts';
import { readInstance } from '../dicom/instance.ts';
import { recogniseSlide } from '../open-slide.ts';
import { openTiffSlide } from '../tiff/slide.ts';
import { toPathologyMaterial } from './material.ts';
import { mountSlides } from './routes.ts';
import { slideTasks } from './tasks.ts';

export const pathology: PictureKindModule = {
  toMaterial: toPathologyMaterial,
  pictureIdOf: ({ seriesInstanceUid }) => seriesInstanceUid,

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
  mount: mountSlides,
};
