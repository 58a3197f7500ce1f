import type { MaterialContent } from '../../archive/material-view.ts';
import type { ImagingMaterial } from '../../contract/index.ts';

/** The series of a study that can be scrolled through. */
export function toImagingMaterial({ common, studyInstanceUid, series, instances }: MaterialContent): ImagingMaterial {
  return {
    ...common,
    kind: 'imaging',
    studyInstanceUid,
    series: series.map(({ seriesInstanceUid, modality, seriesNumber, seriesDescription }) => {
      const own = instances.filter((instance) => instance.seriesInstanceUid === seriesInstanceUid);
      return {
        seriesInstanceUid,
        modality,
        number: seriesNumber,
        description: seriesDescription,
        instanceCount: own.length,
        frameCount: own.reduce((sum, { numberOfFrames }) => sum + numberOfFrames, 0),
      };
    }),
  };
}
