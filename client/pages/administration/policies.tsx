import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { PoliciesView } from '../../../server/contract/policies.ts';
import { ProveAgain } from '../../accounts/prove-again.tsx';
import { toFailure } from '../../api/failures.ts';
import { usePermission } from '../../api/session.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { NumberField } from '../../policies/number-field.tsx';
import { policiesQuery, settledProposalsQuery } from '../../policies/policies-data.ts';
import { PolicyFacts, usePolicyWords } from '../../policies/policy-facts.tsx';
import { PolicyPanel } from '../../policies/policy-panel.tsx';
import { ProposalCard } from '../../policies/proposal-card.tsx';
import { SecondFactorFields } from '../../policies/second-factor-fields.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { NoPermission } from '../no-permission.tsx';
import '../../policies/policies.css';

export function PoliciesPage() {
  return usePermission('policy:read') ? <Policies /> : <NoPermission />;
}

/** What holds for the whole platform, and what two of its administrators are about to change. */
function Policies() {
  const policies = useQuery(policiesQuery);
  if (policies.isPending) return <Skeleton lines={10} lineHeightPx={40} />;
  if (policies.error)
    return <FailureNotice failure={toFailure(policies.error)} onRetry={() => void policies.refetch()} />;
  return (
    <div className="policies">
      <Introduction view={policies.data} />
      <OpenProposals view={policies.data} />
      <InForce view={policies.data} />
      <SettledProposals view={policies.data} />
    </div>
  );
}

function Introduction({ view: { mayPropose, confirmers } }: { view: PoliciesView }) {
  const t = useTexts();
  const invites = usePermission('account:manage');
  return (
    <div>
      <p className="page-intro">{t('policies:intro')}</p>
      {mayPropose && confirmers === 0 && (
        <div className="panel policy" role="note">
          <p>{t(`policies:nobody.${invites ? 'admin' : 'other'}`)}</p>
          {invites && <Link to="/administration/people">{t('policies:nobody.invite')}</Link>}
        </div>
      )}
    </div>
  );
}

function OpenProposals({ view: { proposals, bounds } }: { view: PoliciesView }) {
  const t = useTexts();
  return (
    <section>
      <h2>{t('policies:open')}</h2>
      {proposals.length === 0 && <p className="policy-text">{t('policies:noneOpen')}</p>}
      <ProposalList proposals={proposals} bounds={bounds} />
    </section>
  );
}

function SettledProposals({ view: { bounds } }: { view: PoliciesView }) {
  const t = useTexts();
  const settled = useInfiniteQuery(settledProposalsQuery);
  const pages = settled.data?.pages ?? [];
  // One that is decided in between moves another one to the next page: it is shown once.
  const all = new Map(pages.flatMap((page) => page.proposals).map((one) => [one.proposalId, one]));
  const left = (pages.at(-1)?.total ?? 0) - all.size;
  if (settled.error) return <FailureNotice failure={toFailure(settled.error)} onRetry={() => void settled.refetch()} />;
  if (all.size === 0) return null;
  return (
    <section>
      <h2>{t('policies:decided')}</h2>
      <ProposalList proposals={[...all.values()]} bounds={bounds} />
      {settled.hasNextPage && left > 0 && (
        <button
          type="button"
          className="button"
          disabled={settled.isFetchingNextPage}
          onClick={() => void settled.fetchNextPage()}
        >
          {t('policies:earlier', { count: left })}
        </button>
      )}
    </section>
  );
}

function ProposalList({ proposals, bounds }: Pick<PoliciesView, 'proposals' | 'bounds'>) {
  const words = usePolicyWords(bounds);
  return (
    <ul className="policies-list">
      {proposals.map((proposal) => (
        <ProposalCard key={proposal.proposalId} proposal={proposal} words={words} ProveAgain={ProveAgain} />
      ))}
    </ul>
  );
}

function InForce({ view }: { view: PoliciesView }) {
  const t = useTexts();
  const words = usePolicyWords(view.bounds);
  const { bounds, policies } = view;
  const { required, ...factor } = policies['second-factor'].value;
  const roles =
    required.length === 0
      ? { noneRequired: null }
      : Object.fromEntries(required.map(({ role, fromDay }) => [`required.${role}`, fromDay]));
  return (
    <div className="policies-grid">
      <PolicyPanel
        name="sessions"
        view={view}
        facts={<PolicyFacts words={words} facts={policies.sessions.value} />}
        fields={(value, change) => (
          <>
            <NumberField
              label={t('policies:fields.idleMinutes')}
              hint={t('policies:hints.idleMinutes', { count: bounds.idleMinutes })}
              value={value.idleMinutes}
              min={5}
              max={Math.floor(bounds.idleMinutes)}
              isOptional
              onChange={(idleMinutes) => change({ ...value, idleMinutes })}
            />
            <NumberField
              label={t('policies:fields.hours')}
              hint={t('policies:hints.hours', { count: bounds.hours })}
              value={value.hours}
              min={1}
              max={Math.floor(bounds.hours)}
              isOptional
              onChange={(hours) => change({ ...value, hours })}
            />
          </>
        )}
      />
      <PolicyPanel
        name="passwords"
        view={view}
        facts={<PolicyFacts words={words} facts={policies.passwords.value} />}
        fields={(value, change) => (
          <>
            <NumberField
              label={t('policies:fields.minLength')}
              hint={t('policies:hints.minLength')}
              value={value.minLength}
              min={8}
              max={64}
              onChange={(minLength) => change({ ...value, minLength: minLength ?? value.minLength })}
            />
            <NumberField
              label={t('policies:fields.attempts')}
              hint={t('policies:hints.attempts')}
              value={value.attempts}
              min={3}
              max={10}
              onChange={(attempts) => change({ ...value, attempts: attempts ?? value.attempts })}
            />
          </>
        )}
      />
      <PolicyPanel
        name="second-factor"
        view={view}
        facts={<PolicyFacts words={words} facts={{ ...roles, ...factor }} />}
        fields={(value, change) => <SecondFactorFields value={value} onChange={change} />}
      />
    </div>
  );
}
