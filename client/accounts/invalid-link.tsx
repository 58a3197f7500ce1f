import { Link } from 'react-router';
import type { Failure } from '../../server/contract/failure.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { PlainSheet } from './plain-sheet.tsx';

const WHY = { 'link-used': 'used', 'link-expired': 'expired', 'link-unknown': 'unknown' } as const;

export const isInvalidLink = ({ reason }: Failure): boolean => reason !== undefined && reason in WHY;

/** A link that is good no more: why, and how to come by another. */
export function InvalidLink({
  failure,
  how,
  onRetry,
}: {
  failure: Failure;
  how: string;
  /** Where it was typed by hand: another try. */
  onRetry?: (() => void) | undefined;
}) {
  const t = useTexts();
  const why = WHY[failure.reason as keyof typeof WHY];
  return (
    <PlainSheet title={t(`accounts:link.invalid.${why}`)}>
      <p>{t(`accounts:link.invalid.${why}Text`)}</p>
      <p>{how}</p>
      <div className="plain-sheet-acts">
        {onRetry && (
          <button type="button" className="button button-primary" onClick={onRetry}>
            {t('accounts:link.invalid.again')}
          </button>
        )}
        <Link className="button" to="/sign-in">
          {t('accounts:link.toSignIn')}
        </Link>
      </div>
    </PlainSheet>
  );
}

/** Anything else that keeps a link from being looked up, with another try. */
export function LinkFailure({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  const t = useTexts();
  return (
    <PlainSheet title={t('accounts:password.setTitle')}>
      <FailureNotice failure={failure} onRetry={onRetry} />
    </PlainSheet>
  );
}
