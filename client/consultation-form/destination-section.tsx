import { CaseKind, Urgency } from '../../server/contract/case-kinds.ts';
import type { PartnerView } from '../../server/contract/facility.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Choices } from '../ui/choices.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { UrgencyTag } from '../ui/tags.tsx';
import { useForm } from './form-context.ts';
import { FormField, FormGroup } from './form-field.tsx';

export interface Partners {
  list: readonly PartnerView[] | undefined;
  failure: Failure | undefined;
  retry: () => void;
}

export function DestinationSection({ partners }: { partners: Partners }) {
  const t = useTexts();
  const { draft, change } = useForm();
  const { list } = partners;
  const chosen = list?.find(({ facilityId }) => facilityId === draft.invitedFacilityId);
  return (
    <>
      <FormGroup field="invitedFacilityId">
        {partners.failure && (
          <FailureNotice
            failure={partners.failure}
            text={t('newCase:destination.partnersFailed')}
            onRetry={partners.retry}
          />
        )}
        {list?.length === 0 && <p className="form-hint">{t('newCase:destination.noPartners')}</p>}
        <Choices
          name="facility"
          stacked
          choices={(list ?? []).map(({ facilityId, name, tier }) => ({
            value: facilityId,
            label: name,
            detail: t(`terms:tier.${tier}`),
          }))}
          value={draft.invitedFacilityId}
          onChoose={(invitedFacilityId) => change({ invitedFacilityId })}
        />
      </FormGroup>
      <FormField field="wantedSpecialty">
        {(control) => (
          <select
            {...control}
            className="field-input form-medium"
            value={draft.wantedSpecialty}
            onChange={(event) => change({ wantedSpecialty: event.currentTarget.value })}
          >
            <option value="">{t(chosen ? 'newCase:problems.choose' : 'newCase:destination.specialtyFirst')}</option>
            {specialtiesOf(chosen, draft.wantedSpecialty).map((specialty) => (
              <option key={specialty} value={specialty}>
                {specialty}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormGroup field="kind">
        <Choices
          name="case-kind"
          stacked
          choices={CaseKind.options.map((value) => ({
            value,
            label: t(`terms:caseKind.${value}`),
            detail: t(`newCase:kind.${value}`),
          }))}
          value={draft.kind}
          onChoose={(kind) => change({ kind })}
        />
        {chosen && !chosen.services.includes(draft.kind) && (
          <p className="field-error">{t('failures:reason.service-not-agreed')}</p>
        )}
      </FormGroup>
      <FormGroup field="urgency">
        <Choices
          name="urgency"
          stacked
          choices={Urgency.options.map((value) => ({
            value,
            label: <UrgencyTag urgency={value} />,
            detail: t(`newCase:urgency.${value}`),
          }))}
          value={draft.urgency}
          onChoose={(urgency) => change({ urgency })}
        />
      </FormGroup>
    </>
  );
}

/** With the one that is chosen, offered or not: a select must not show another than the draft holds. */
function specialtiesOf(partner: PartnerView | undefined, wanted: string): string[] {
  const offered = partner?.specialties ?? [];
  return wanted === '' || offered.includes(wanted) ? offered : [wanted, ...offered];
}
