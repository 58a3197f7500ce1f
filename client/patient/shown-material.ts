import type { MaterialView, Target } from '../../server/contract/picture-kinds.ts';

/** What the server calls the shown picture where it lists whom files name. */
export function pictureIdOf(target: Target): string {
  switch (target.kind) {
    case 'imaging':
      return target.sopInstanceUid;
    case 'ecg':
      return target.recordId;
    case 'pathology':
      return target.slideId;
    case 'documents':
      return target.documentId;
  }
}

/** The material that holds the picture; undefined where it was taken off the case. */
export function materialOf(materials: MaterialView[], target: Target): MaterialView | undefined {
  return materials.find((material) => holds(material, target));
}

function holds(material: MaterialView, target: Target): boolean {
  switch (material.kind) {
    case 'imaging':
      return target.kind === 'imaging' && material.studyInstanceUid === target.studyInstanceUid;
    case 'ecg':
      return target.kind === 'ecg' && material.records.some(({ recordId }) => recordId === target.recordId);
    case 'pathology':
      return target.kind === 'pathology' && material.slides.some(({ slideId }) => slideId === target.slideId);
    case 'documents':
      return target.kind === 'documents' && material.documents.some((one) => one.documentId === target.documentId);
  }
}
