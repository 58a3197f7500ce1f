import { useId } from 'react';
import { Role } from '../../server/contract/account.ts';
import type { SecondFactorPolicy } from '../../server/contract/policies.ts';
import { chinaDay } from '../i18n/china-day.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** Time enough for everybody to find their telephone. */
const GRACE_DAYS = 14;
const MINUTES = [5, 15, 30, 60, 240];

/** Which roles must have a second factor, from when, and whether signing asks for it again. */
export function SecondFactorFields({
  value,
  onChange,
}: {
  value: SecondFactorPolicy;
  onChange: (value: SecondFactorPolicy) => void;
}) {
  const t = useTexts();
  const field = useId();
  const { required, signingMinutes } = value;
  const fromDayOf = (role: Role) => required.find((one) => one.role === role)?.fromDay;
  const setRole = (role: Role, fromDay: string | undefined) => {
    const others = required.filter((one) => one.role !== role);
    onChange({ ...value, required: fromDay ? [...others, { role, fromDay }] : others });
  };
  return (
    <>
      <table className="policy-roles">
        <thead>
          <tr>
            <th scope="col">{t('secondFactor:policy.role')}</th>
            <th scope="col">{t('secondFactor:policy.fromDay')}</th>
          </tr>
        </thead>
        <tbody>
          {Role.options.map((role) => {
            const fromDay = fromDayOf(role);
            const name = t(`terms:role.${role}`);
            return (
              <tr key={role}>
                <td>
                  <label className="policy-role">
                    <input
                      type="checkbox"
                      checked={fromDay !== undefined}
                      onChange={(event) => setRole(role, event.target.checked ? inDays(GRACE_DAYS) : undefined)}
                    />
                    {name}
                  </label>
                </td>
                <td>
                  {fromDay === undefined ? (
                    <span className="policy-text">{t('secondFactor:policy.optional')}</span>
                  ) : (
                    <input
                      type="date"
                      className="field-input policy-day"
                      aria-label={t('secondFactor:policy.fromDayOf', { role: name })}
                      required
                      value={fromDay}
                      onChange={(event) => event.target.value !== '' && setRole(role, event.target.value)}
                    />
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <label className="field-label" htmlFor={field}>
        {t('secondFactor:policy.signing')}
      </label>
      <p className="policy-text">{t('secondFactor:policy.signingText')}</p>
      <select
        id={field}
        className="field-input policy-choice"
        value={signingMinutes ?? ''}
        onChange={({ target }) =>
          onChange({ ...value, signingMinutes: target.value === '' ? null : Number(target.value) })
        }
      >
        <option value="">{t('secondFactor:policy.signingNever')}</option>
        {[...new Set([...MINUTES, ...(signingMinutes ? [signingMinutes] : [])])].map((count) => (
          <option key={count} value={count}>
            {t('secondFactor:policy.signingWithin', { count })}
          </option>
        ))}
      </select>
    </>
  );
}

function inDays(days: number): string {
  return chinaDay(new Date(Date.now() + days * 86_400_000));
}
