import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { DemonstrationView } from '../../../server/contract/demonstration.ts';
import { toFailure } from '../../api/failures.ts';
import { useSession } from '../../api/session.tsx';
import { demonstrationQuery, useLiveDemonstrations } from '../../demonstrations/queries.ts';
import { isOfTheatre } from '../../demonstrations/theatre-links.tsx';
import { NotYours } from '../../hall/not-yours.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { TheatreDesk } from '../../theatre/theatre-desk.tsx';
import { useTheatre } from '../../theatre/use-theatre.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { useDocumentTitle } from '../../ui/page.tsx';
import { PageSkeleton } from '../../ui/skeleton.tsx';

/** The operating theatre's own page, for its surgeon and nurse: prepare, rehearse, go on air. */
export function TheatrePage() {
  const t = useTexts();
  const { demonstrationId = '' } = useParams();
  const { data: view, error, refetch } = useQuery(demonstrationQuery(demonstrationId));
  const { accountId } = useSession().person;
  useLiveDemonstrations();
  useDocumentTitle(t('theatre:title'));
  if (error && !view) return <FailureNotice failure={toFailure(error)} onRetry={() => void refetch()} />;
  if (!view) return <PageSkeleton />;
  // Nobody else's cameras are opened here.
  if (!isOfTheatre(view, accountId)) return <NotYours view={view} page="theatre" />;
  return <Loaded key={demonstrationId} view={view} />;
}

function Loaded({ view }: { view: DemonstrationView }) {
  const theatre = useTheatre(view);
  return theatre ? <TheatreDesk view={view} theatre={theatre} /> : <PageSkeleton />;
}
