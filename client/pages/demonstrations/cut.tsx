import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import type { DemonstrationView } from '../../../server/contract/demonstration.ts';
import { toFailure } from '../../api/failures.ts';
import { CutSwitch } from '../../cutting/cut-switch.tsx';
import { useCutControl } from '../../cutting/use-cut-control.ts';
import { demonstrationQuery, useLiveDemonstrations } from '../../demonstrations/queries.ts';
import { NotYours } from '../../hall/not-yours.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { useDocumentTitle } from '../../ui/page.tsx';
import { PageSkeleton } from '../../ui/skeleton.tsx';
import './cut.css';

/** Somebody may have cut at the sfu alone, of which the server tells nobody. */
const LOOK_EVERY_MS = 5_000;

/** One large switch for a telephone on the table: of the patient's advocate, the nurse, the surgeon or whoever moderates. */
export function CutPage() {
  const t = useTexts();
  const { demonstrationId = '' } = useParams();
  const { data, error, refetch } = useQuery({
    ...demonstrationQuery(demonstrationId),
    refetchInterval: LOOK_EVERY_MS,
  });
  useLiveDemonstrations();
  useDocumentTitle(t('theatre:cut.page'));
  if (error && !data) return <FailureNotice failure={toFailure(error)} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  if (!data.actions.includes('cut')) return <NotYours view={data} page="cut" />;
  return <Switch key={demonstrationId} view={data} />;
}

function Switch({ view }: { view: DemonstrationView }) {
  const t = useTexts();
  const { demonstrationId, title, live } = view;
  const control = useCutControl(demonstrationId, live);
  return (
    <main className="cut-page">
      <header>
        <Link to={`/demonstrations/${demonstrationId}`}>← {t('theatre:back')}</Link>
        <h1>
          {t('theatre:cut.page')} · {title || t('demonstrations:untitled')}
        </h1>
      </header>
      {control && <CutSwitch control={control} />}
    </main>
  );
}
