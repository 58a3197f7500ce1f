import { Checkbox, Input } from 'antd';
import type { FacilityDraft } from '../../server/contract/facility.ts';
import { SpecialtyCode } from '../../server/contract/specialties.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PlusIcon } from '../ui/icons.tsx';
import { facilityProblems } from './facility-problems.ts';
import { Choice } from './field.tsx';
import { useSpecialtyOptions } from './use-specialty-options.ts';

type Department = FacilityDraft['departments'][number];

/** Departments with their subject of the national list; those that answer others are offered as specialties. */
export function DepartmentsForm({
  draft,
  disabled,
  onChange,
}: {
  draft: FacilityDraft;
  disabled: boolean;
  onChange: (part: Partial<FacilityDraft>) => void;
}) {
  const t = useTexts();
  const { departments } = draft;
  const replace = (index: number, part: Partial<Department>) =>
    onChange({ departments: departments.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  const codes = [{ value: '', label: t('administration:facility.department.noCode') }, ...useSpecialtyOptions()];
  return (
    <>
      <p className="record-hint">{t('administration:facility.department.source')}</p>
      {departments.length === 0 && <EmptyState title={t('administration:facility.department.none')} />}
      {departments.length > 0 && (
        <table className="record-table">
          <thead>
            <tr>
              <th scope="col">{t('administration:facility.department.name')}</th>
              <th scope="col">{t('administration:facility.department.code')}</th>
              <th scope="col">{t('administration:facility.department.answers')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {departments.map((department, index) => (
              <DepartmentRow
                // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place, while its name is being typed
                key={index}
                department={department}
                codes={codes}
                disabled={disabled}
                onChange={(part) => replace(index, part)}
                onRemove={() => onChange({ departments: departments.filter((_, at) => at !== index) })}
              />
            ))}
          </tbody>
        </table>
      )}
      {facilityProblems(draft).includes('departments') && (
        <p className="field-error" role="alert">
          {t('administration:facility.problems.departments')}
        </p>
      )}
      {!disabled && (
        <button
          type="button"
          className="button record-add"
          onClick={() => onChange({ departments: [...departments, { name: '', code: null, answers: false }] })}
        >
          <PlusIcon />
          {t('administration:facility.department.add')}
        </button>
      )}
    </>
  );
}

function DepartmentRow({
  department,
  codes,
  disabled,
  onChange,
  onRemove,
}: {
  department: Department;
  codes: readonly { value: string; label: string }[];
  disabled: boolean;
  onChange: (part: Partial<Department>) => void;
  onRemove: () => void;
}) {
  const t = useTexts();
  return (
    <tr>
      <td>
        <Input
          aria-label={t('administration:facility.department.name')}
          maxLength={64}
          disabled={disabled}
          value={department.name}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </td>
      <td>
        <Choice
          control={{ 'aria-label': t('administration:facility.department.code') }}
          disabled={disabled}
          value={department.code ?? ''}
          options={codes}
          onChange={(code) => onChange({ code: SpecialtyCode.safeParse(code).data ?? null })}
        />
      </td>
      <td>
        <Checkbox
          aria-label={`${t('administration:facility.department.answers')} ${department.name}`}
          disabled={disabled}
          checked={department.answers}
          onChange={(event) => onChange({ answers: event.target.checked })}
        />
      </td>
      <td>
        {!disabled && (
          <button
            type="button"
            className="button button-quiet"
            aria-label={t('administration:facility.department.remove', { name: department.name })}
            onClick={onRemove}
          >
            ✕
          </button>
        )}
      </td>
    </tr>
  );
}
