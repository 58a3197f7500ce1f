import type { AllianceDraft } from '../../server/contract/alliance.ts';
import type { FacilityView } from '../../server/contract/facility.ts';
import { chinaDay } from '../i18n/china-day.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FacilityPicker } from './facility-picker.tsx';
import { Field } from './field.tsx';
import type { AllianceFormProps } from './form-props.ts';

type Member = AllianceDraft['members'][number];

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
  const remove = (id: string) =>
    onChange({
      members: members.filter(({ facilityId }) => facilityId !== id),
      referrals: referrals.filter(({ fromId, toId }) => fromId !== id && toId !== id),
    });
  const setDay = (id: string, part: Partial<Member>) =>
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
            {members.map((member) => (
              <MemberRow
                key={member.facilityId}
                member={member}
                name={named.get(member.facilityId)?.name ?? member.facilityId}
                disabled={disabled}
                onDay={(part) => setDay(member.facilityId, part)}
                onRemove={() => remove(member.facilityId)}
              />
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

function MemberRow({
  member: { fromDay, toDay },
  name,
  disabled,
  onDay,
  onRemove,
}: {
  member: Member;
  name: string;
  disabled: boolean;
  onDay: (part: Pick<Member, 'fromDay'> | Pick<Member, 'toDay'>) => void;
  onRemove: () => void;
}) {
  const t = useTexts();
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <input
          type="date"
          className="record-select numbers"
          aria-label={t('administration:alliance.memberFrom', { name })}
          value={fromDay}
          disabled={disabled}
          onChange={(event) => onDay({ fromDay: event.target.value })}
        />
      </td>
      <td>
        <input
          type="date"
          className="record-select numbers"
          aria-label={t('administration:alliance.memberTo', { name })}
          value={toDay ?? ''}
          disabled={disabled}
          onChange={(event) => onDay({ toDay: event.target.value || null })}
        />
      </td>
      <td>
        {!disabled && (
          <button
            type="button"
            className="button button-quiet"
            aria-label={t('administration:alliance.removeMember', { name })}
            onClick={onRemove}
          >
            ✕
          </button>
        )}
      </td>
    </tr>
  );
}
