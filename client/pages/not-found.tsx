import { Link } from 'react-router';
import { useTexts } from '../i18n/use-texts.ts';
import { FullPageNotice } from '../ui/full-page-notice.tsx';
import { useDocumentTitle } from '../ui/page.tsx';

export function NotFoundPage() {
  const t = useTexts();
  useDocumentTitle(t('notFound.title'));
  return (
    <FullPageNotice title={t('notFound.title')} text={t('notFound.text')}>
      <Link className="button button-primary" to="/">
        {t('backToWorkList')}
      </Link>
    </FullPageNotice>
  );
}
