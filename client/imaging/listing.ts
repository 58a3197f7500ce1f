import type { Listing } from '../viewer/listing.ts';
import { startDecoderAhead } from './decode-pool.ts';
import { readSeriesAhead } from './library.ts';
import { hasPictures } from './series.ts';

/** The series of a study. */
export const imaging: Listing<'imaging'> = {
  lines: (t, _, { series }) =>
    series.map(({ seriesInstanceUid, modality, description, number, instanceCount, frameCount }) => ({
      key: seriesInstanceUid,
      modality,
      name: description || t('case:materials.unnamedSeries', { number: number ?? t('unknown') }),
      amount:
        frameCount > instanceCount
          ? t('terms:frameCount', { count: frameCount })
          : t('terms:pictureCount.imaging', { count: instanceCount }),
    })),
  pictureIdOf: ({ sopInstanceUid }) => sopInstanceUid,
  holds: (material, target) => material.studyInstanceUid === target.studyInstanceUid,
  fetchAhead(home, { studyInstanceUid, series }) {
    const first = series.find(hasPictures);
    if (!first) return;
    startDecoderAhead();
    readSeriesAhead(home, { studyInstanceUid, seriesInstanceUid: first.seriesInstanceUid });
  },
};
