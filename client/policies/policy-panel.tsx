import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { PoliciesView, PolicyName, PolicyValues, ProposalInput } from '../../server/contract/policies.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { policiesQuery } from './policies-data.ts';

/** One policy as it holds, and the form by which another value of it is proposed. */
export function PolicyPanel<Name extends PolicyName>({
  name,
  view,
  facts,
  fields,
}: {
  name: Name;
  view: PoliciesView;
  facts: ReactNode;
  fields: (value: PolicyValues[Name], change: (value: PolicyValues[Name]) => void) => ReactNode;
}) {
  const t = useTexts();
  const [isEditing, setEditing] = useState(false);
  const heading = useId();
  const isOpen = view.proposals.some(({ subject, state }) => subject === name && state === 'open');
  return (
    <section className="panel policy" aria-labelledby={heading}>
      <h2 id={heading}>{t(`policies:subjects.${name}`)}</h2>
      <p className="policy-text">{t(`policies:texts.${name}`)}</p>
      {isEditing ? (
        <PolicyForm name={name} view={view} fields={fields} onClose={() => setEditing(false)} />
      ) : (
        <>
          {facts}
          {isOpen && <p className="policy-text">{t('policies:isOpen')}</p>}
          {view.mayPropose && !isOpen && (
            <button type="button" className="button" onClick={() => setEditing(true)}>
              {t(`policies:propose.${name}`)}
            </button>
          )}
        </>
      )}
    </section>
  );
}

function PolicyForm<Name extends PolicyName>({
  name,
  view,
  fields,
  onClose,
}: {
  name: Name;
  view: PoliciesView;
  fields: (value: PolicyValues[Name], change: (value: PolicyValues[Name]) => void) => ReactNode;
  onClose: () => void;
}) {
  const t = useTexts();
  const field = useId();
  const client = useQueryClient();
  const { message } = App.useApp();
  // What was read when the form was opened: whoever was quicker meanwhile is told of, never written over.
  const [{ version, value: stored }] = useState(view.policies[name]);
  const [value, setValue] = useState(stored as PolicyValues[Name]);
  const [reason, setReason] = useState('');
  const propose = useMutation({
    mutationFn: () => call('proposal:make', { body: { subject: name, version, value, reason } as ProposalInput }),
    onSuccess() {
      message.success(t('policies:proposed'));
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: policiesQuery.queryKey }),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    propose.mutate();
  }
  return (
    <form className="policy-form" onSubmit={submit}>
      {fields(value, setValue)}
      <label className="field-label" htmlFor={field}>
        {t('policies:reason')}
      </label>
      <textarea
        id={field}
        className="field-input policy-reason"
        rows={3}
        maxLength={1000}
        required
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {propose.error && <FailureNotice failure={toFailure(propose.error)} />}
      <div className="policy-acts">
        <button type="submit" className="button button-primary" disabled={propose.isPending}>
          {t('policies:submit')}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
