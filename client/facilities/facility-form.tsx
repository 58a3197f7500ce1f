import { Input } from 'antd';
import { type FacilityDraft, FacilityGrade, FacilityTier } from '../../server/contract/facility.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { facilityProblems, type ProblemField } from './facility-problems.ts';
import { Choice, Field } from './field.tsx';
import { RegionPicker } from './region-picker.tsx';

const LEVELS = ['none', 'one', 'two', 'three'] as const;
const GRADES = ['none', ...FacilityGrade.options] as const;
const CODES = ['orgCode22', 'uscc18'] as const;
const LENGTHS = { orgCode22: 22, uscc18: 18 } as const;

interface FacilityFormProps {
  draft: FacilityDraft;
  disabled: boolean;
  onChange: (part: Partial<FacilityDraft>) => void;
}

/** Everything about a facility but its departments. */
export function FacilityForm({ draft, disabled, onChange }: FacilityFormProps) {
  const t = useTexts();
  const wrong = facilityProblems(draft);
  const problem = (field: ProblemField) =>
    wrong.includes(field) ? t(`administration:facility.problems.${field}`) : undefined;
  return (
    <div className="record-grid">
      <Field label={t('administration:facility.name')} problem={problem('name')} wide>
        {(control) => (
          <Input
            {...control}
            maxLength={128}
            disabled={disabled}
            value={draft.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('administration:facility.shortName')}>
        {(control) => (
          <Input
            {...control}
            maxLength={32}
            disabled={disabled}
            value={draft.shortName}
            onChange={(event) => onChange({ shortName: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('administration:facility.tier')}>
        {(control) => (
          <Choice
            control={control}
            disabled={disabled}
            value={draft.tier}
            options={FacilityTier.options.map((value) => ({ value, label: t(`terms:tier.${value}`) }))}
            onChange={(tier) => onChange({ tier })}
          />
        )}
      </Field>
      <RegionPicker
        value={draft.region6}
        disabled={disabled}
        problem={problem('region6')}
        onChange={(region6) => onChange({ region6 })}
      />
      <LevelAndGrade draft={draft} disabled={disabled} onChange={onChange} />
      {CODES.map((code) => (
        <CodeField
          key={code}
          code={code}
          value={draft[code]}
          problem={problem(code)}
          disabled={disabled}
          onChange={(value) => onChange({ [code]: value })}
        />
      ))}
    </div>
  );
}

function LevelAndGrade({ draft, disabled, onChange }: FacilityFormProps) {
  const t = useTexts();
  return (
    <>
      <Field label={t('administration:facility.level')}>
        {(control) => (
          <Choice
            control={control}
            disabled={disabled}
            value={LEVELS[draft.level ?? 0] ?? 'none'}
            options={LEVELS.map((value) => ({ value, label: t(`administration:facility.levels.${value}`) }))}
            onChange={(level) => onChange({ level: level === 'none' ? null : LEVELS.indexOf(level) })}
          />
        )}
      </Field>
      <Field label={t('administration:facility.grade')}>
        {(control) => (
          <Choice
            control={control}
            disabled={disabled}
            value={draft.grade ?? 'none'}
            options={GRADES.map((value) => ({ value, label: t(`administration:facility.grades.${value}`) }))}
            onChange={(grade) => onChange({ grade: grade === 'none' ? null : grade })}
          />
        )}
      </Field>
    </>
  );
}

/** The code of the organization, or its unified social credit code. */
function CodeField({
  code,
  value,
  problem,
  disabled,
  onChange,
}: {
  code: (typeof CODES)[number];
  value: string;
  problem: string | undefined;
  disabled: boolean;
  onChange: (value: string) => void;
}) {
  const t = useTexts();
  return (
    <Field
      label={t(`administration:facility.${code}`)}
      hint={code === 'orgCode22' ? t('administration:facility.orgCode22Hint') : undefined}
      problem={problem}
    >
      {(control) => (
        <Input
          {...control}
          className="numbers"
          maxLength={LENGTHS[code]}
          disabled={disabled}
          value={value}
          // Codes are typed from paper: the case is no matter, and a space between the parts neither.
          onChange={(event) => onChange(event.target.value.toUpperCase().replaceAll(/\s/g, ''))}
        />
      )}
    </Field>
  );
}
