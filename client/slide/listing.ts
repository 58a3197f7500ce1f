import type { Listing } from '../viewer/listing.ts';

/** The slides of a study or a file. */
export const pathology: Listing<'pathology'> = {
  lines: (t, formats, { slides }) =>
    slides.map(({ slideId, description, sizeBytes }, index) => ({
      key: slideId,
      modality: '',
      name: description || t('case:materials.unnamedSlide', { number: index + 1 }),
      amount: formats.bytes(sizeBytes),
    })),
  pictureIdOf: ({ slideId }) => slideId,
  holds: ({ slides }, target) => slides.some(({ slideId }) => slideId === target.slideId),
};
