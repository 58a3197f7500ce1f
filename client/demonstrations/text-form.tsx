import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import type { DemonstrationField } from '../../server/contract/demonstration.ts';
import { call } from '../api/http.ts';
import { Choice, Field } from '../facilities/field.tsx';
import { TypedInput } from '../facilities/typed-input.tsx';
import { useSpecialtyOptions } from '../facilities/use-specialty-options.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { PlanFormProps } from './plan-props.ts';
import { TimeFields } from './time-fields.tsx';

const MAX_PLACES = 5000;

/** undefined: no number of places. */
function placesOf(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const places = Number(text);
  return Number.isInteger(places) && places >= 1 && places <= MAX_PLACES ? places : undefined;
}

/** undefined: no percentage. */
function percentOf(text: string): number | undefined {
  const percent = Number(text);
  return text.trim() !== '' && Number.isInteger(percent) && percent >= 1 && percent <= 100 ? percent : undefined;
}

const showPlaces = (places: number | null): string => (places === null ? '' : String(places));

/** What, where, when, for how many, and whose case it is. */
export function TextForm({ view, draft, isOpen, refused, onChange }: PlanFormProps) {
  const t = useTexts();
  const specialties = useSpecialtyOptions();
  const problem = (field: string) =>
    refused.includes(field) && isOpen(field as DemonstrationField)
      ? t('demonstrations:gaps.item.patient-named')
      : undefined;
  return (
    <div className="record-grid">
      {(['title', 'procedure', 'room'] as const).map((field) => (
        <Field
          key={field}
          label={t(`demonstrations:field.${field}`)}
          hint={field === 'title' ? t('demonstrations:hint.title') : undefined}
          problem={problem(field)}
        >
          {(control) => (
            <Input
              {...control}
              maxLength={{ title: 100, procedure: 200, room: 64 }[field]}
              value={draft[field]}
              disabled={!isOpen(field)}
              onChange={(event) => onChange({ [field]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Field label={t('demonstrations:field.specialty')}>
        {(control) => (
          <Choice
            control={control}
            value={draft.specialty ?? ''}
            disabled={!isOpen('specialty')}
            options={[{ value: '', label: t('demonstrations:noSpecialty') }, ...specialties]}
            onChange={(code) => onChange({ specialty: code === '' ? null : code })}
          />
        )}
      </Field>
      <TimeFields value={draft} disabled={!isOpen('startsAt')} onChange={onChange} />
      <Field label={t('demonstrations:field.capacity')} hint={t('demonstrations:hint.capacity')}>
        {(control) => (
          <TypedInput
            control={control}
            value={draft.capacity}
            parse={placesOf}
            show={showPlaces}
            problem={t('demonstrations:placesProblem')}
            disabled={!isOpen('capacity')}
            onChange={(capacity) => onChange({ capacity })}
          />
        )}
      </Field>
      <Field label={t('demonstrations:field.requiredPercent')} hint={t('demonstrations:hint.requiredPercent')}>
        {(control) => (
          <TypedInput
            control={control}
            value={draft.requiredPercent}
            parse={percentOf}
            show={String}
            problem={t('demonstrations:percentProblem')}
            disabled={!isOpen('requiredPercent')}
            onChange={(requiredPercent) => onChange({ requiredPercent })}
          />
        )}
      </Field>
      <Field label={t('demonstrations:field.description')} problem={problem('description')} wide>
        {(control) => (
          <Input.TextArea
            {...control}
            autoSize={{ minRows: 3, maxRows: 12 }}
            maxLength={4000}
            value={draft.description}
            disabled={!isOpen('description')}
            onChange={(event) => onChange({ description: event.target.value })}
          />
        )}
      </Field>
      <CaseField view={view} draft={draft} isOpen={isOpen} refused={refused} onChange={onChange} />
    </div>
  );
}

/** Cases that the person sees; one that somebody else chose is left as it is. */
function CaseField({ view, draft, isOpen, onChange }: PlanFormProps) {
  const t = useTexts();
  const disabled = !isOpen('consultationId');
  const cases = useQuery({
    queryKey: ['demonstration-cases'],
    queryFn: ({ signal }) => call('consultations:list', { signal }),
    enabled: !disabled,
  });
  const { consultationId } = draft;
  const offered = cases.data ?? [];
  const isOther = consultationId !== null && !offered.some((one) => one.consultationId === consultationId);
  const { caseNumber = null } = view.plan ?? {};
  return (
    <Field label={t('demonstrations:field.consultationId')} hint={t('demonstrations:hint.consultationId')} wide>
      {(control) => (
        <Choice
          control={control}
          value={consultationId ?? ''}
          disabled={disabled}
          options={[
            { value: '', label: t('demonstrations:noCase') },
            ...(isOther ? [{ value: consultationId, label: caseNumber ?? t('demonstrations:otherCase') }] : []),
            ...offered.map((one) => ({
              value: one.consultationId,
              label: `${one.caseNumber} ${one.patientLabel}`,
            })),
          ]}
          // Another patient's pictures are others.
          onChange={(id) => onChange({ consultationId: id === '' ? null : id, materialIds: [] })}
        />
      )}
    </Field>
  );
}
