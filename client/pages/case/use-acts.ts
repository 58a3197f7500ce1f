import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Awaiting } from '../../../server/contract/case-kinds.ts';
import type { ConsentTerms, WithdrawConsentInput } from '../../../server/contract/consent.ts';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import type { Failure } from '../../../server/contract/failure.ts';
import { isOvertaken } from '../../../server/contract/failure-fate.ts';
import { applyConsultation, consultationQuery } from '../../api/consultations.ts';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { refreshWorkList } from '../../api/work-list.ts';

/** Somebody else was first: what was seen when the act was tried. */
export interface Conflict {
  failure: Failure;
  awaitedBefore: Awaiting | undefined;
}

export interface Acts {
  busy: boolean;
  conflict: Conflict | undefined;
  /** Any other failure of the last act that has no dialog to tell it. */
  failure: Failure | undefined;
  dismiss: () => void;
  accept: (version: number) => Promise<Failure | undefined>;
  decline: (version: number, reason: string) => Promise<Failure | undefined>;
  askSupplement: (version: number, reason: string) => Promise<Failure | undefined>;
  answerInWriting: (version: number, reason: string) => Promise<Failure | undefined>;
  handOver: (version: number, reason: string) => Promise<Failure | undefined>;
  cancel: (version: number, reason: string) => Promise<Failure | undefined>;
  remove: (accountId: string, reason: string) => Promise<Failure | undefined>;
  invite: (accountId: string) => Promise<Failure | undefined>;
  giveConsent: (terms: ConsentTerms) => Promise<Failure | undefined>;
  withdrawConsent: (input: WithdrawConsentInput) => Promise<Failure | undefined>;
}

/**
 * The acts on a case. Each resolves to its failure, or to nothing where it went well.
 * After a conflict the case is fetched anew, and `conflict` says that the act was not done.
 */
export function useActs(consultationId: string): Acts {
  const client = useQueryClient();
  const [conflict, setConflict] = useState<Conflict>();
  const [failure, setFailure] = useState<Failure>();
  const params = { consultationId };
  const mutation = useMutation({ mutationFn: (act: () => Promise<unknown>) => act() });

  async function run(act: () => Promise<unknown>, toldBy: 'page' | 'dialog' = 'dialog'): Promise<Failure | undefined> {
    const awaitedBefore = client.getQueryData(consultationQuery(consultationId).queryKey)?.awaiting;
    setConflict(undefined);
    setFailure(undefined);
    try {
      await mutation.mutateAsync(act);
      return undefined;
    } catch (thrown) {
      const failed = toFailure(thrown);
      // A case that is not there any more was taken away by someone's act as well.
      if (!isOvertaken(failed)) {
        if (toldBy === 'page') setFailure(failed);
        return failed;
      }
      await Promise.all([
        client.refetchQueries({ queryKey: consultationQuery(consultationId).queryKey }),
        refreshWorkList(client),
      ]);
      setConflict({ failure: failed, awaitedBefore });
      return failed;
    }
  }

  const keep = async (view: Promise<ConsultationView>) => applyConsultation(client, await view);

  return {
    busy: mutation.isPending,
    conflict,
    failure,
    dismiss: () => setConflict(undefined),
    accept: (version) => run(() => keep(call('consultation:accept', { params, body: { version } })), 'page'),
    decline: (version, reason) => run(() => keep(call('consultation:decline', { params, body: { version, reason } }))),
    askSupplement: (version, reason) =>
      run(() => keep(call('consultation:ask-supplement', { params, body: { version, reason } }))),
    answerInWriting: (version, reason) =>
      run(() => keep(call('consultation:answer-in-writing', { params, body: { version, reason } }))),
    handOver: (version, reason) =>
      run(() => keep(call('consultation:hand-over', { params, body: { version, reason } }))),
    cancel: (version, reason) => run(() => keep(call('consultation:cancel', { params, body: { version, reason } }))),
    remove: (accountId, reason) =>
      run(() =>
        keep(call('consultation:remove-participant', { params: { consultationId, accountId }, body: { reason } })),
      ),
    invite: (accountId) => run(() => keep(call('consultation:invite', { params, body: { accountId } }))),
    giveConsent: (body) => run(() => keep(call('consent:give', { params, body }))),
    withdrawConsent: (body) => run(() => keep(call('consent:withdraw', { params, body }))),
  };
}
