import type { MaterialContent } from '../../archive/material-view.ts';
import type { EcgMaterial } from '../../contract/index.ts';

/** One record an instance, series by series. */
export function toEcgMaterial({ common, series, instances }: MaterialContent): EcgMaterial {
  return {
    ...common,
    kind: 'ecg',
    records: series.flatMap(({ seriesInstanceUid, seriesDescription }) =>
      instances
        .filter((instance) => instance.seriesInstanceUid === seriesInstanceUid)
        .map(({ sopInstanceUid, instanceNumber }) => ({
          recordId: sopInstanceUid,
          description: seriesDescription,
          number: instanceNumber,
        })),
    ),
  };
}
