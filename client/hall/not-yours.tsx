import { Link } from 'react-router';
import type { DemonstrationView } from '../../server/contract/demonstration.ts';
import { HallLink } from '../demonstrations/hall-link.tsx';
import { TheatreLinks } from '../demonstrations/theatre-links.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { FullPageNotice } from '../ui/full-page-notice.tsx';

/** In place of a page whose every button the server would refuse: whose it is, and by which pages the person takes part. */
export function NotYours({ view, page }: { view: DemonstrationView; page: 'desk' | 'theatre' | 'cut' }) {
  const t = useTexts();
  const { title, demonstrationId } = view;
  return (
    <main data-testid="not-yours">
      <FullPageNotice title={title || t('demonstrations:untitled')} text={t(`demonstrationHall:notYours.${page}`)}>
        <HallLink line={view} />
        <TheatreLinks view={view} />
        <Link className="button" to={`/demonstrations/${demonstrationId}`}>
          {t('demonstrationHall:end.toDemonstration')}
        </Link>
      </FullPageNotice>
    </main>
  );
}
