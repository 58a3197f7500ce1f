import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import type { Failure } from '../../server/contract/failure.ts';
import type { ManagedPersonView, PersonWithLink } from '../../server/contract/people.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { keepPerson } from './people-data.ts';
import { ProposeRole } from './propose-role.tsx';

/** What may be done with an account now, each after a question. */
export function PersonActs({ person, onLink }: { person: ManagedPersonView; onLink: (made: PersonWithLink) => void }) {
  const t = useTexts();
  const client = useQueryClient();
  const { modal, message } = App.useApp();
  const [asking, setAsking] = useState<'disable' | 'reset-factor' | 'propose-role'>();
  const { accountId, name, actions, state } = person;
  const params = { accountId };
  const onError = (error: Error) => void message.error(failureText(toFailure(error)));
  const makeLink = useMutation({
    mutationFn: () => call('person:make-link', { params }),
    onSuccess(made) {
      keepPerson(client, made.person);
      onLink(made);
    },
    onError,
  });
  const reactivate = useMutation({
    mutationFn: () => call('person:reactivate', { params }),
    onSuccess(now) {
      keepPerson(client, now);
      message.success(t('accounts:acts.reactivated', { name }));
    },
    onError,
  });

  async function disable(reason: string): Promise<Failure | undefined> {
    try {
      keepPerson(client, await call('person:disable', { params, body: { reason } }));
    } catch (thrown) {
      return toFailure(thrown);
    }
    setAsking(undefined);
    message.success(t('accounts:acts.disabled', { name }));
    return undefined;
  }

  async function resetFactor(reason: string): Promise<Failure | undefined> {
    try {
      keepPerson(client, await call('person:reset-factor', { params, body: { reason } }));
    } catch (thrown) {
      return toFailure(thrown);
    }
    setAsking(undefined);
    message.success(t('secondFactor:reset.done', { name }));
    return undefined;
  }

  // Read by administrators later, not by the person.
  const wording = {
    label: t('reasonLabel'),
    placeholder: t('accounts:acts.reasonPlaceholder'),
    missing: t('failures:reason.reason-missing'),
  };
  const link = state === 'invited' ? 'invite' : 'reset';
  const ask = (title: string, content: string, onOk: () => Promise<unknown>) =>
    modal.confirm({
      title,
      content,
      okText: title,
      cancelText: t('cancel'),
      onOk: () => onOk().catch(() => undefined),
    });

  return (
    <div className="person-acts">
      {actions.includes('make-link') && (
        <Button
          loading={makeLink.isPending}
          onClick={() =>
            ask(t(`accounts:acts.${link}`), t(`accounts:acts.${link}Confirm`, { name }), makeLink.mutateAsync)
          }
        >
          {t(`accounts:acts.${link}`)}
        </Button>
      )}
      {actions.includes('reactivate') && (
        <Button
          loading={reactivate.isPending}
          onClick={() =>
            ask(t('accounts:acts.reactivate'), t('accounts:acts.reactivateConfirm', { name }), reactivate.mutateAsync)
          }
        >
          {t('accounts:acts.reactivate')}
        </Button>
      )}
      {actions.includes('reset-factor') && (
        <Button onClick={() => setAsking('reset-factor')}>{t('secondFactor:reset.act')}</Button>
      )}
      {actions.includes('propose-role') && (
        <Button onClick={() => setAsking('propose-role')}>{t('policies:propose.platform-role')}</Button>
      )}
      {actions.includes('disable') && (
        <Button danger onClick={() => setAsking('disable')}>
          {t('accounts:acts.disable')}
        </Button>
      )}
      {asking === 'propose-role' && <ProposeRole person={person} onClose={() => setAsking(undefined)} />}
      {asking === 'reset-factor' && (
        <ReasonDialog
          title={t('secondFactor:reset.act')}
          text={t('secondFactor:reset.text', { name })}
          confirm={t('secondFactor:reset.act')}
          danger
          wording={wording}
          onConfirm={resetFactor}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking === 'disable' && (
        <ReasonDialog
          title={t('accounts:acts.disable')}
          text={t('accounts:acts.disableText', { name })}
          confirm={t('accounts:acts.disable')}
          danger
          wording={wording}
          onConfirm={disable}
          onClose={() => setAsking(undefined)}
        />
      )}
    </div>
  );
}
