import { useQuery } from '@tanstack/react-query';
import { Navigate, NavLink, useParams } from 'react-router';
import { toFailure } from '../../api/failures.ts';
import { AddAlliance } from '../../facilities/add-alliance.tsx';
import { AlliancePane } from '../../facilities/alliance-pane.tsx';
import { alliancesQuery } from '../../facilities/queries.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { PageSkeleton } from '../../ui/skeleton.tsx';
import '../../facilities/facilities.css';
import '../../facilities/records.css';

/** The alliances of what one administers, beside the one that is open: the first, unless another was chosen. */
export function AlliancesPage() {
  const t = useTexts();
  const { allianceId } = useParams();
  const alliances = useQuery(alliancesQuery);
  if (alliances.isPending) return <PageSkeleton />;
  if (alliances.error && !alliances.data)
    return <FailureNotice failure={toFailure(alliances.error)} onRetry={() => void alliances.refetch()} />;
  const [first] = alliances.data;
  if (allianceId === undefined && first)
    return <Navigate to={`/administration/alliances/${first.allianceId}`} replace />;
  return (
    <div className="facilities-columns">
      <div className="panel facilities-side">
        {alliances.data.length === 0 ? (
          <EmptyState title={t('administration:alliance.none')} text={t('administration:alliance.noneText')} />
        ) : (
          <nav className="alliance-list" aria-label={t('administration:sections.alliances')}>
            {alliances.data.map((one) => (
              <NavLink key={one.allianceId} to={`/administration/alliances/${one.allianceId}`}>
                <b>{one.name}</b>
                <span>
                  {t(`administration:alliance.kinds.${one.kind}`)} · {one.hub.name} ·{' '}
                  {t('administration:alliance.memberCount')} {one.memberCount}
                </span>
              </NavLink>
            ))}
          </nav>
        )}
        <AddAlliance />
      </div>
      {allianceId !== undefined && <AlliancePane key={allianceId} allianceId={allianceId} />}
    </div>
  );
}
