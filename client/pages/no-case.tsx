import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Failure } from '../../server/contract/failure.ts';
import { leadsNowhere } from '../../server/contract/failure-fate.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { FullPageNotice } from '../ui/full-page-notice.tsx';

/** An address that leads to no case, or to none of this person's, and an outage: each with a way on. */
export function NoCase({
  failure,
  onRetry,
  children,
}: {
  failure: Failure;
  onRetry: () => void;
  /** What else there is to say where no case is. */
  children?: ReactNode;
}) {
  const t = useTexts();
  if (leadsNowhere(failure))
    return (
      <FullPageNotice title={t('case:gone.title')} text={t('case:gone.text')}>
        <Link className="button button-primary" to="/">
          {t('backToWorkList')}
        </Link>
        {children}
      </FullPageNotice>
    );
  return (
    <div className="page">
      <FailureNotice failure={failure} onRetry={onRetry} />
      <Link className="button" to="/">
        {t('backToWorkList')}
      </Link>
    </div>
  );
}
