import { Relation } from '../../server/contract/guardian.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** What somebody who signs or decides for a patient is to them. @param missing what stands there until it is chosen */
export function RelationSelect({
  id,
  className,
  value,
  missing,
  onChange,
}: {
  id: string;
  className: string;
  value: Relation | null | undefined;
  missing: string;
  onChange: (relation: Relation | null) => void;
}) {
  const t = useTexts();
  return (
    <select
      id={id}
      className={className}
      value={value ?? ''}
      onChange={(event) => onChange(Relation.safeParse(event.currentTarget.value).data ?? null)}
    >
      <option value="">{missing}</option>
      {Relation.options.map((relation) => (
        <option key={relation} value={relation}>
          {t(`terms:relation.${relation}`)}
        </option>
      ))}
    </select>
  );
}
