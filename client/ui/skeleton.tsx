import { useTexts } from '../i18n/use-texts.ts';
import './skeleton.css';

/** As uneven as text is. */
const WIDTHS = ['92%', '75%', '84%', '58%', '88%', '70%', '80%', '64%'];

/** Grey bars of the height that the content will have, so that nothing jumps when it comes. Appears late: a fast answer shows none. */
export function Skeleton({ lines = 4, lineHeightPx = 24 }: { lines?: number; lineHeightPx?: number }) {
  const t = useTexts();
  return (
    <div className="skeleton" role="status" aria-label={t('loading')}>
      {WIDTHS.slice(0, lines).map((width) => (
        <div key={width} className="skeleton-line" style={{ height: lineHeightPx, width }} />
      ))}
    </div>
  );
}

/** Stands in for a whole page while its code or its data is on the way. */
export function PageSkeleton() {
  return (
    <div className="page-skeleton">
      <Skeleton lines={7} lineHeightPx={32} />
    </div>
  );
}
