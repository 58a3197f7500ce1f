import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { Role } from '../../server/contract/account.ts';
import type { FactorPolicyView } from '../../server/contract/factor-policy.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { chinaDay } from '../i18n/china-day.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import './second-factor.css';

const QUERY_KEY = ['factor-policy'];
/** Time enough for everybody to find their telephone. */
const GRACE_DAYS = 14;
const MINUTES = [5, 15, 30, 60, 240];

/** For whom the platform requires a second factor, from when, and whether signing asks for it again. */
export function FactorPolicy() {
  const policy = useQuery({ queryKey: QUERY_KEY, queryFn: ({ signal }) => call('factor-policy:read', { signal }) });
  if (policy.isPending) return <Skeleton lines={8} lineHeightPx={40} />;
  if (policy.error) return <FailureNotice failure={toFailure(policy.error)} onRetry={() => void policy.refetch()} />;
  return <PolicyForm key={policy.data.version} stored={policy.data} />;
}

function PolicyForm({ stored }: { stored: FactorPolicyView }) {
  const t = useTexts();
  const field = useId();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [policy, setPolicy] = useState(stored);
  const save = useMutation({
    mutationFn: () => call('factor-policy:save', { body: policy }),
    onSuccess(saved) {
      client.setQueryData(QUERY_KEY, saved);
      message.success(t('accounts:person.saved'));
    },
    onError(error) {
      if (toFailure(error).reason === 'version-outdated') void client.invalidateQueries({ queryKey: QUERY_KEY });
    },
  });
  const fromDayOf = (role: Role) => policy.required.find((one) => one.role === role)?.fromDay;
  const setRole = (role: Role, fromDay: string | undefined) => {
    const others = policy.required.filter((one) => one.role !== role);
    setPolicy({ ...policy, required: fromDay ? [...others, { role, fromDay }] : others });
  };
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  return (
    <form className="panel factor-policy" onSubmit={submit}>
      <h2>{t('secondFactor:policy.title')}</h2>
      <p className="factor-text">{t('secondFactor:policy.text')}</p>
      <table>
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
                  <label className="factor-role">
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
                    <span className="factor-text">{t('secondFactor:policy.optional')}</span>
                  ) : (
                    <input
                      type="date"
                      className="field-input factor-day"
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
      <p className="factor-text">{t('secondFactor:policy.signingText')}</p>
      <select
        id={field}
        className="field-input factor-signing"
        value={policy.signingMinutes ?? ''}
        onChange={(event) =>
          setPolicy({ ...policy, signingMinutes: event.target.value === '' ? null : Number(event.target.value) })
        }
      >
        <option value="">{t('secondFactor:policy.signingNever')}</option>
        {[...new Set([...MINUTES, ...(stored.signingMinutes ? [stored.signingMinutes] : [])])].map((count) => (
          <option key={count} value={count}>
            {t('secondFactor:policy.signingWithin', { count })}
          </option>
        ))}
      </select>
      {save.error && <FailureNotice failure={toFailure(save.error)} />}
      <button type="submit" className="button button-primary factor-acts" disabled={save.isPending}>
        {t('save')}
      </button>
    </form>
  );
}

function inDays(days: number): string {
  return chinaDay(new Date(Date.now() + days * 86_400_000));
}
