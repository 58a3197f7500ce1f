import type { DemonstrationMaterial } from '../../server/contract/demonstration.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** A material as a plan names it: nothing of the patient. */
export function useMaterialName(): (
  material: Pick<DemonstrationMaterial, 'kind' | 'pictureCount' | 'addedAt'>,
) => string {
  const t = useTexts();
  const formats = useFormats();
  return ({ kind, pictureCount, addedAt }) =>
    t('demonstrations:materials.item', {
      kind: t(`terms:pictureKind.${kind}`),
      count: formats.number(pictureCount),
      at: formats.moment(addedAt),
    });
}
