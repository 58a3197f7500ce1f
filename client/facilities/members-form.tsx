import type { FacilityView } from '../../server/contract/facility.ts';
import { chinaDay } from '../i18n/china-day.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FacilityPicker } from './facility-picker.tsx';
import { Field } from './field.tsx';
import type { AllianceFormProps } from './form-props.ts';

/** Who belongs to the alliance beside its hub, from when until when. Whoever leaves is referred to no more. */
export function MembersForm({
  draft,
  disabled,
  named,
  hubId,
  onChange,
  onChosen,
}: AllianceFormProps & { onChosen: (facility: FacilityView) => void }) {
  const t = useTexts();
  const { members, referrals } = draft;
  const nameOf = (id: string) => named.get(id)?.name ?? id;
  const remove = (id: string) =>
    onChange({
      members: members.filter(({ facilityId }) => facilityId !== id),
      referrals: referrals.filter(({ fromId, toId }) => fromId !== id && toId !== id),
    });
  const setDay = (id: string, part: { fromDay: string } | { toDay: string | null }) =>
    onChange({ members: members.map((one) => (one.facilityId === id ? { ...one, ...part } : one)) });
  return (
    <>
      {members.length === 0 && <EmptyState title={t('administration:alliance.noMembers')} />}
      {members.length > 0 && (
        <table className="record-table">
          <thead>
            <tr>
              <th scope="col">{t('administration:alliance.members')}</th>
              <th scope="col">{t('administration:alliance.fromDay')}</th>
              <th scope="col">{t('administration:alliance.toDay')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {members.map(({ facilityId, fromDay, toDay }) => (
              <tr key={facilityId}>
                <th scope="row">{nameOf(facilityId)}</th>
                <td>
                  <input
                    type="date"
                    className="record-select numbers"
                    aria-label={t('administration:alliance.memberFrom', { name: nameOf(facilityId) })}
                    value={fromDay}
                    disabled={disabled}
                    onChange={(event) => setDay(facilityId, { fromDay: event.target.value })}
                  />
                </td>
                <td>
                  <input
                    type="date"
                    className="record-select numbers"
                    aria-label={t('administration:alliance.memberTo', { name: nameOf(facilityId) })}
                    value={toDay ?? ''}
                    disabled={disabled}
                    onChange={(event) => setDay(facilityId, { toDay: event.target.value || null })}
                  />
                </td>
                <td>
                  {!disabled && (
                    <button
                      type="button"
                      className="button button-quiet"
                      aria-label={t('administration:alliance.removeMember', { name: nameOf(facilityId) })}
                      onClick={() => remove(facilityId)}
                    >
                      ✕
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!disabled && (
        <Field label={t('administration:alliance.addMember')}>
          {(control) => (
            <FacilityPicker
              control={control}
              value={undefined}
              except={[hubId, ...members.map(({ facilityId }) => facilityId)]}
              onChange={(facility) => {
                onChosen(facility);
                const member = { facilityId: facility.facilityId, fromDay: chinaDay(new Date()), toDay: null };
                onChange({ members: [...members, member] });
              }}
            />
          )}
        </Field>
      )}
    </>
  );
}
