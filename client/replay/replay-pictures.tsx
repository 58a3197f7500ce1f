import { lazy, Suspense, useMemo } from 'react';
import type { ReplayView } from '../../server/contract/recording.ts';
import { useSession } from '../api/session.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { WithdrawButton } from '../showing/withdraw-button.tsx';
import { PageSkeleton } from '../ui/skeleton.tsx';
import type { OpenReplay } from './use-replay.ts';
import { Watermark } from './watermark.tsx';
import '../showing/showing.css';

// The viewers are large: a replay without pictures does not load them.
const ReviewPanel = lazy(async () => ({ default: (await import('../review/review-panel.tsx')).ReviewPanel }));

/** What was shown of the pictures, drawn anew by the viewers: it follows whoever presented, and one may look around oneself. */
export function ReplayPictures({
  demonstrationId,
  view,
  replay: { now, pictureIds, reviewLink },
}: {
  demonstrationId: string;
  view: ReplayView;
  replay: OpenReplay;
}) {
  const t = useTexts();
  const { person: me } = useSession();
  const { materialId } = now;
  const { pictures } = view.timeline;
  const materials = useMemo(
    () => pictures.filter((one) => one.materialId === materialId && pictureIds.includes(one.materialId)),
    [pictures, materialId, pictureIds],
  );
  return (
    <section
      className="showing replay-pictures"
      data-tone="dark"
      aria-label={t('replay:pictures')}
      data-testid="replay-pictures"
      data-material={materialId ?? ''}
    >
      {view.mayWithdraw && materialId !== null && (
        <header className="showing-head">
          <p>{t('replay:shownThen')}</p>
          <WithdrawButton demonstrationId={demonstrationId} materialId={materialId} />
        </header>
      )}
      <Suspense fallback={<PageSkeleton />}>
        <ReviewPanel
          consultationId={demonstrationId}
          home={`demonstrations/${demonstrationId}`}
          materials={materials}
          stays={pictureIds}
          me={me}
          link={reviewLink}
          mayAnnotate={false}
          mayLead={false}
          leadsByMoving={false}
        />
      </Suspense>
      <Watermark text={view.watermark} />
    </section>
  );
}
