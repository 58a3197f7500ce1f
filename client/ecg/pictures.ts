import i18next from 'i18next';
import type { EcgTarget } from '../../server/contract/ecg.ts';
import type { MaterialView, Target } from '../../server/contract/picture-kinds.ts';
import type { Picture } from '../viewer/viewer.ts';

/** The records of a study or file, one picture each. */
export function picturesOf(material: MaterialView): Picture[] {
  if (material.kind !== 'ecg') return [];
  const { materialId, records } = material;
  return records.map(({ recordId, description, number }, index) => {
    const numbered = i18next.t('ecg:recordNumber', { number: number ?? index + 1 });
    return {
      pictureId: recordId,
      materialId,
      title: description || numbered,
      detail: description ? numbered : i18next.t('ecg:title'),
    };
  });
}

export function isEcgTarget(target: Target): target is EcgTarget {
  return target.kind === 'ecg';
}
