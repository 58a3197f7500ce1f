import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { type ComponentType, useState } from 'react';
import type { Failure } from '../../server/contract/failure.ts';
import type { ProposalAction, ProposalView } from '../../server/contract/policies.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { policiesQuery } from './policies-data.ts';
import type { PolicyWords } from './policy-facts.tsx';

/** Asks for the second factor once more, before a confirmation that needs it. */
type ProveAgainDialog = ComponentType<{ title: string; text: string; onProven: () => void; onClose: () => void }>;

/** What would change, who proposes it and why, and what the person may do about it. */
export function ProposalCard({
  proposal,
  words,
  ProveAgain,
}: {
  proposal: ProposalView;
  words: PolicyWords;
  ProveAgain: ProveAgainDialog;
}) {
  const t = useTexts();
  const formats = useFormats();
  const { subject, person, changes, reason, state, proposedBy, decidedBy, decidedAt, decisionReason } = proposal;
  const who = ({ name, role }: { name: string; role: ProposalView['proposedBy']['role'] }) =>
    t('policies:who', { name, role: t(`terms:role.${role}`) });
  return (
    <li className="panel proposal" data-state={state}>
      <div className="proposal-head">
        <h3>
          {person
            ? t('labelled', {
                label: t(`policies:subjects.${subject}`),
                value: `${person.name} · ${person.facilityName}`,
              })
            : t(`policies:subjects.${subject}`)}
        </h3>
        <span className="tag">{t(`policies:states.${state}`)}</span>
      </div>
      <table className="proposal-changes">
        <thead>
          <tr>
            <th scope="col">{t('policies:item')}</th>
            <th scope="col">{t('administration:history.before')}</th>
            <th scope="col">{t('administration:history.after')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ field, before, after }) => (
            <tr key={field}>
              <th scope="row">{words.label(field)}</th>
              <td className="numbers">{words.value(field, before)}</td>
              <td className="numbers proposal-after">{words.value(field, after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="policy-facts">
        <div>
          <dt>{t('policies:why')}</dt>
          <dd className="proposal-reason">{reason}</dd>
        </div>
        <div>
          <dt>{t('policies:proposedBy')}</dt>
          <dd>
            {who(proposedBy)} · <time className="numbers">{formats.moment(proposal.proposedAt)}</time>
          </dd>
        </div>
        {decidedBy && decidedAt && state !== 'open' ? (
          <div>
            <dt>{t(`policies:states.${state}`)}</dt>
            <dd>
              {who(decidedBy)} · <time className="numbers">{formats.moment(decidedAt)}</time>
              {decisionReason && <span className="proposal-reason"> · {decisionReason}</span>}
            </dd>
          </div>
        ) : (
          <div>
            <dt>{t('policies:until')}</dt>
            <dd className="numbers">{formats.moment(proposal.expiresAt)}</dd>
          </div>
        )}
      </dl>
      <ProposalActs proposal={proposal} ProveAgain={ProveAgain} />
    </li>
  );
}

/** Confirming and withdrawing are asked about once more, refusing takes a reason. */
function useDeciding(
  proposalId: string,
  { onProofNeeded, onRefused }: { onProofNeeded: () => void; onRefused: () => void },
) {
  const t = useTexts();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const params = { proposalId };
  const settle = () => client.invalidateQueries({ queryKey: policiesQuery.queryKey });
  const decide = useMutation({
    mutationFn: (action: Exclude<ProposalAction, 'refuse'>) =>
      action === 'confirm' ? call('proposal:confirm', { params }) : call('proposal:withdraw', { params }),
    onSuccess: ({ state }) => void message.success(t(`policies:done.${state}`)),
    onError(error, action) {
      const failure = toFailure(error);
      if (action === 'confirm' && failure.reason === 'second-factor-stale') onProofNeeded();
      else message.error(failureText(failure));
    },
    onSettled: settle,
  });
  const ask = (action: Exclude<ProposalAction, 'refuse'>) =>
    modal.confirm({
      title: t(`policies:acts.${action}`),
      content: t(`policies:ask.${action}`),
      okText: t(`policies:acts.${action}`),
      cancelText: t('cancel'),
      onOk: () => decide.mutateAsync(action).catch(() => undefined),
    });
  async function refuse(reason: string): Promise<Failure | undefined> {
    try {
      await call('proposal:refuse', { params, body: { reason } });
    } catch (thrown) {
      return toFailure(thrown);
    }
    onRefused();
    message.success(t('policies:done.refused'));
    await settle();
    return undefined;
  }
  return { decide, ask, refuse };
}

function ProposalActs({
  proposal: { proposalId, actions },
  ProveAgain,
}: {
  proposal: ProposalView;
  ProveAgain: ProveAgainDialog;
}) {
  const t = useTexts();
  const [isRefusing, setRefusing] = useState(false);
  const [isProving, setProving] = useState(false);
  const { decide, ask, refuse } = useDeciding(proposalId, {
    onProofNeeded: () => setProving(true),
    onRefused: () => setRefusing(false),
  });
  if (actions.length === 0) return null;
  return (
    <div className="policy-acts">
      {actions.includes('confirm') && (
        <button
          type="button"
          className="button button-primary"
          disabled={decide.isPending}
          onClick={() => ask('confirm')}
        >
          {t('policies:acts.confirm')}
        </button>
      )}
      {actions.includes('refuse') && (
        <button type="button" className="button" onClick={() => setRefusing(true)}>
          {t('policies:acts.refuse')}
        </button>
      )}
      {actions.includes('withdraw') && (
        <button type="button" className="button" disabled={decide.isPending} onClick={() => ask('withdraw')}>
          {t('policies:acts.withdraw')}
        </button>
      )}
      {isProving && (
        <ProveAgain
          title={t('policies:acts.confirm')}
          text={t('failures:reason.second-factor-stale')}
          onProven={() => {
            setProving(false);
            decide.mutate('confirm');
          }}
          onClose={() => setProving(false)}
        />
      )}
      {isRefusing && (
        <ReasonDialog
          title={t('policies:acts.refuse')}
          text={t('policies:ask.refuse')}
          confirm={t('policies:acts.refuse')}
          onConfirm={refuse}
          onClose={() => setRefusing(false)}
        />
      )}
    </div>
  );
}
