import { Checkbox, Input } from 'antd';
import type { AgreementDraft } from '../../server/contract/agreement.ts';
import { CaseKind } from '../../server/contract/case-kinds.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Field } from './field.tsx';
import type { AgreementFormProps } from './form-props.ts';
import { fenOf, yuanOf } from './price.tsx';
import { ResponseTimesForm } from './response-times-form.tsx';
import { TypedInput } from './typed-input.tsx';

/** What keeps the days from being a period. */
export function agreementProblems({ fromDay, toDay }: AgreementDraft): string[] {
  return fromDay === '' || toDay === '' || toDay < fromDay ? ['toDay'] : [];
}

/** Days, services with their prices, response times and liability. */
export function AgreementForm({ draft, disabled, onChange }: AgreementFormProps) {
  const t = useTexts();
  return (
    <div className="record-grid">
      {(['fromDay', 'toDay'] as const).map((day) => (
        <Field
          key={day}
          label={t(`administration:agreement.${day}`)}
          problem={
            day === 'toDay' && agreementProblems(draft).length > 0
              ? t('administration:agreement.problems.period')
              : undefined
          }
        >
          {(control) => (
            <input
              {...control}
              type="date"
              className="record-select numbers"
              value={draft[day]}
              disabled={disabled}
              onChange={(event) => onChange({ [day]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Services draft={draft} disabled={disabled} onChange={onChange} />
      <ResponseTimesForm draft={draft} disabled={disabled} onChange={onChange} />
      <Field label={t('administration:agreement.liabilityText')} wide>
        {(control) => (
          <Input.TextArea
            {...control}
            autoSize={{ minRows: 3, maxRows: 12 }}
            maxLength={20_000}
            value={draft.liabilityText}
            disabled={disabled}
            onChange={(event) => onChange({ liabilityText: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

function Services({ draft, disabled, onChange }: AgreementFormProps) {
  const t = useTexts();
  const { services } = draft;
  const ordered = (next: AgreementDraft['services']) =>
    CaseKind.options.flatMap((kind) => next.find((service) => service.kind === kind) ?? []);
  return (
    <fieldset className="record-field record-wide record-services">
      <legend className="field-label">{t('administration:agreement.services')}</legend>
      <p className="record-hint">{t('administration:agreement.priceHint')}</p>
      {CaseKind.options.map((kind) => {
        const service = services.find((one) => one.kind === kind);
        const others = services.filter((one) => one.kind !== kind);
        return (
          <div key={kind} className="record-service">
            <Checkbox
              checked={service !== undefined}
              disabled={disabled}
              onChange={(event) =>
                onChange({ services: event.target.checked ? ordered([...others, { kind, priceFen: null }]) : others })
              }
            >
              {t(`terms:caseKind.${kind}`)}
            </Checkbox>
            {service && (
              <div>
                <TypedInput
                  control={{ 'aria-label': `${t(`terms:caseKind.${kind}`)} ${t('administration:agreement.price')}` }}
                  value={service.priceFen}
                  parse={fenOf}
                  show={yuanOf}
                  problem={t('administration:agreement.problems.price')}
                  disabled={disabled}
                  placeholder={t('administration:agreement.priceMissing')}
                  suffix={service.priceFen === 0 ? t('administration:agreement.free') : undefined}
                  onChange={(priceFen) => onChange({ services: ordered([...others, { kind, priceFen }]) })}
                />
              </div>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
