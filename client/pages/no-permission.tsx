import { Link } from 'react-router';
import { useTexts } from '../i18n/use-texts.ts';
import { FullPageNotice } from '../ui/full-page-notice.tsx';

export function NoPermission() {
  const t = useTexts();
  return (
    <FullPageNotice title={t('noPermission.title')} text={t('noPermission.text')}>
      <Link className="button button-primary" to="/">
        {t('backToWorkList')}
      </Link>
    </FullPageNotice>
  );
}
