import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { Failure } from '../../server/contract/failure.ts';
import type { ManagedPersonView, PersonWithLink } from '../../server/contract/people.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { keepPerson } from './people-data.ts';

/** An act that takes a reason. @returns what the server has against it */
type ReasonedAct = (reason: string) => Promise<Failure | undefined>;

/** What may be done with one account, each after a question; what came of it is told. */
export function usePersonActs(
  { accountId, name, state }: ManagedPersonView,
  { onLink, onDone }: { onLink: (made: PersonWithLink) => void; onDone: () => void },
) {
  const t = useTexts();
  const client = useQueryClient();
  const { modal, message } = App.useApp();
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
  const reasoned =
    (act: (reason: string) => Promise<ManagedPersonView>, told: () => string): ReasonedAct =>
    async (reason) => {
      try {
        keepPerson(client, await act(reason));
      } catch (thrown) {
        return toFailure(thrown);
      }
      onDone();
      message.success(told());
      return undefined;
    };
  const ask = (title: string, content: string, onOk: () => Promise<unknown>) =>
    modal.confirm({
      title,
      content,
      okText: title,
      cancelText: t('cancel'),
      onOk: () => onOk().catch(() => undefined),
    });
  const link = state === 'invited' ? 'invite' : 'reset';
  return {
    link,
    isLinking: makeLink.isPending,
    isReactivating: reactivate.isPending,
    makeLink: () => ask(t(`accounts:acts.${link}`), t(`accounts:acts.${link}Confirm`, { name }), makeLink.mutateAsync),
    reactivate: () =>
      ask(t('accounts:acts.reactivate'), t('accounts:acts.reactivateConfirm', { name }), reactivate.mutateAsync),
    disable: reasoned(
      (reason) => call('person:disable', { params, body: { reason } }),
      () => t('accounts:acts.disabled', { name }),
    ),
    resetFactor: reasoned(
      (reason) => call('person:reset-factor', { params, body: { reason } }),
      () => t('secondFactor:reset.done', { name }),
    ),
  } as const;
}
