import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { leadsNowhere } from '../../server/contract/failure-fate.ts';
import { consultationQuery } from '../api/consultations.ts';
import { toFailure } from '../api/failures.ts';
import { useLink } from '../api/link-context.tsx';
import { useSession } from '../api/session.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { keepFinding, keepKeyImage } from '../opinion/keep-key-image.ts';
import type { KeyImagePicture } from '../review/key-image.ts';
import { ReviewPanel } from '../review/review-panel.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useDocumentTitle } from '../ui/page.tsx';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { NoCase } from './no-case.tsx';
import './images.css';

/** The images, ECGs and slides of a case, looked at alone: before accepting it, or afterwards, without anybody following. */
export function ImagesPage() {
  const { consultationId = '' } = useParams();
  const t = useTexts();
  const link = useLink();
  const { person } = useSession();
  const { data: consultation, error, refetch } = useQuery(consultationQuery(consultationId));
  useDocumentTitle(t('imaging:title'));

  const failure = error && toFailure(error);
  // Whose access has ended sees no picture any more, whatever this window still holds.
  if (failure && (!consultation || leadsNowhere(failure)))
    return <NoCase failure={failure} onRetry={() => void refetch()} />;
  if (!consultation) return <PageSkeleton />;
  const { materials, actions } = consultation;
  return (
    <main className="images-page">
      <header className="images-page-head">
        <Link to={`/consultations/${consultationId}`}>← {t('imaging:backToCase')}</Link>
        <h1>{t('imaging:title')}</h1>
        <p>{t('imaging:alone')}</p>
      </header>
      <div className="images-page-review">
        {materials.length === 0 ? (
          <EmptyState title={t('imaging:noMaterials.title')} text={t('imaging:noMaterials.text')} />
        ) : (
          <ReviewPanel
            consultationId={consultationId}
            materials={materials}
            me={person}
            link={link}
            mayAnnotate={actions.includes('annotate')}
            identity={consultation}
            solo
            {...(actions.includes('write-opinion') && {
              onKeyImage: (picture: KeyImagePicture) => keepKeyImage(consultationId, picture),
              onInsert: (sentence: string) => keepFinding(consultationId, sentence),
            })}
          />
        )}
      </div>
    </main>
  );
}
