import { lazy, Suspense, useMemo } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { usePhone } from '../review/phone.ts';
import { PageSkeleton } from '../ui/skeleton.tsx';
import type { Showing } from './use-showing.ts';
import './showing.css';

// The viewers are large: whoever is shown no picture does not load them.
const ReviewPanel = lazy(async () => ({ default: (await import('../review/review-panel.tsx')).ReviewPanel }));

/** The shared review of a demonstration: the presenter moves, everybody's own copy follows; who may show leads and draws. */
export function ShowingPane({ showing, onClose }: { showing: Showing; onClose?: (() => void) | undefined }) {
  const t = useTexts();
  const isPhone = usePhone();
  const { demonstrationId, material, pictures, showable, mayShow, me, link, stop } = showing;
  const materials = useMemo(() => {
    if (!mayShow) return material ? [material] : [];
    return pictures.filter(({ materialId }) => showable.includes(materialId));
  }, [mayShow, pictures, showable, material]);
  return (
    <section
      className="showing"
      aria-label={t('showing:title')}
      data-testid="showing"
      data-material={material?.materialId ?? ''}
    >
      {mayShow && (
        <header className="showing-head">
          <p role="status">{t(material ? 'showing:shown' : 'showing:notShown')}</p>
          {material && (
            <button type="button" className="button" data-testid="showing-stop" onClick={stop}>
              {t('showing:stop')}
            </button>
          )}
          {!material && onClose && (
            <button type="button" className="button" data-testid="showing-close" onClick={onClose}>
              {t('showing:close')}
            </button>
          )}
        </header>
      )}
      {materials.length === 0 ? (
        <p className="showing-none">{t('showing:none')}</p>
      ) : (
        <Suspense fallback={<PageSkeleton />}>
          <ReviewPanel
            consultationId={demonstrationId}
            home={`demonstrations/${demonstrationId}`}
            materials={materials}
            stays={showable}
            me={me}
            link={link}
            mayAnnotate={mayShow}
            mayLead={mayShow && !isPhone}
            leadsByMoving={false}
          />
        </Suspense>
      )}
    </section>
  );
}
