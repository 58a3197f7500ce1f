import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams } from 'react-router';
import { toFailure } from '../../api/failures.ts';
import { AddFacility } from '../../facilities/add-facility.tsx';
import { FacilityPane } from '../../facilities/facility-pane.tsx';
import { FacilityTree } from '../../facilities/facility-tree.tsx';
import { facilitiesQuery } from '../../facilities/queries.ts';
import { childrenOf } from '../../facilities/tree-rows.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { PageSkeleton } from '../../ui/skeleton.tsx';
import '../../facilities/facilities.css';
import '../../facilities/records.css';

/** The tree of facilities beside the one that is open: the topmost, unless another was chosen. */
export function FacilitiesPage() {
  const t = useTexts();
  const { facilityId } = useParams();
  const facilities = useQuery(facilitiesQuery);
  if (facilities.isPending) return <PageSkeleton />;
  if (facilities.error && !facilities.data)
    return <FailureNotice failure={toFailure(facilities.error)} onRetry={() => void facilities.refetch()} />;
  const top = childrenOf(facilities.data).get(null)?.[0];
  if (facilityId === undefined && top) return <Navigate to={`/administration/facilities/${top.facilityId}`} replace />;
  return (
    <div className="facilities-columns">
      <div className="panel facilities-side">
        {facilities.data.length === 0 ? (
          <EmptyState title={t('administration:tree.empty')} />
        ) : (
          <FacilityTree lines={facilities.data} chosenId={facilityId} />
        )}
        <AddFacility />
      </div>
      {facilityId !== undefined && <FacilityPane key={facilityId} facilityId={facilityId} />}
    </div>
  );
}
