import type { MaterialContent } from '../../archive/material-view.ts';
import type { PathologyMaterial } from '../../contract/index.ts';

/** One slide a series, whose instances are its resolutions; or the file that holds all of them. */
export function toPathologyMaterial({ common, series, instances, file }: MaterialContent): PathologyMaterial {
  if (file) {
    const { sha256: slideId, name: description, sizeBytes } = file;
    return { ...common, kind: 'pathology', slides: [{ slideId, description, fileCount: 1, sizeBytes }] };
  }
  const slides = series.map(({ seriesInstanceUid: slideId, seriesDescription: description }) => {
    const files = instances.filter((instance) => instance.seriesInstanceUid === slideId);
    const sizeBytes = files.reduce((sum, one) => sum + one.sizeBytes, 0);
    return { slideId, description, fileCount: files.length, sizeBytes };
  });
  return { ...common, kind: 'pathology', slides };
}
