import i18next from 'i18next';
import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import type { Picture } from '../viewer/viewer.ts';
import type { SeriesAddress } from './dicomweb.ts';
import { hasPictures } from './series.ts';

/** The series of a study that can be looked at. */
export function picturesOf(material: MaterialView): Picture[] {
  if (material.kind !== 'imaging') return [];
  const { materialId, studyInstanceUid, series } = material;
  return series
    .filter(hasPictures)
    .map(({ seriesInstanceUid, modality, number, description, instanceCount, frameCount }) => ({
      pictureId: pictureIdOf({ studyInstanceUid, seriesInstanceUid }),
      materialId,
      title: description || i18next.t('imaging:seriesNumber', { number: number ?? '–' }),
      detail:
        frameCount > instanceCount
          ? i18next.t('imaging:seriesDetailFrames', { modality, count: frameCount })
          : i18next.t('imaging:seriesDetail', { modality, count: instanceCount }),
    }));
}

export function pictureIdOf({ studyInstanceUid, seriesInstanceUid }: SeriesAddress): string {
  return `${studyInstanceUid}/${seriesInstanceUid}`;
}

export function addressOfPicture({ pictureId }: Pick<Picture, 'pictureId'>): SeriesAddress {
  const [studyInstanceUid = '', seriesInstanceUid = ''] = pictureId.split('/');
  return { studyInstanceUid, seriesInstanceUid };
}
