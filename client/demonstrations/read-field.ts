import type {
  AudienceEntry,
  DemonstrationDraft,
  DemonstrationField,
  DemonstrationView,
} from '../../server/contract/demonstration.ts';
import { specialtyKey } from '../facilities/specialty-key.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useMaterialName } from './material-name.ts';

export type NamedEntry = AudienceEntry & { name: string };

/** A field of a plan as the form shows it. @param audience the names of who can be invited, as far as they are known */
export function useReadField(
  { plan }: { plan: NonNullable<DemonstrationView['plan']> },
  audience: readonly NamedEntry[],
): (draft: DemonstrationDraft, field: DemonstrationField) => string {
  const t = useTexts();
  const formats = useFormats();
  const materialName = useMaterialName();
  const list = (items: readonly string[]) => items.join(t('demonstrations:between'));
  const nameOf = (accountId: string) =>
    plan.people.find((one) => one.accountId === accountId)?.name ?? t('demonstrations:somebody');
  const entryName = ({ kind, id }: AudienceEntry) => {
    const name = audience.find((one) => one.kind === kind && one.id === id)?.name;
    return [t(`demonstrations:audienceKind.${kind}`), name].filter(Boolean).join(' · ');
  };
  const materialText = (materialId: string) => {
    const found = plan.materials?.find((one) => one.materialId === materialId);
    return found ? materialName(found) : t('demonstrations:materials.unseen');
  };
  return (draft, field) => {
    const value = draft[field];
    if (value === null || value === '') return '';
    if (field === 'seats')
      return list(draft.seats.map(({ seat, accountId }) => `${t(`demonstrations:seat.${seat}`)} ${nameOf(accountId)}`));
    if (field === 'audience') return list(draft.audience.map(entryName));
    if (field === 'materialIds') return list(draft.materialIds.map(materialText));
    if (field === 'startsAt' || field === 'endsAt') return formats.moment(String(value));
    if (field === 'specialty' && draft.specialty) return t(`specialties:${specialtyKey(draft.specialty)}`);
    if (field === 'consultationId')
      return (value === plan.draft.consultationId && plan.caseNumber) || t('demonstrations:otherCase');
    return String(value);
  };
}
