import type { Failure } from '../../server/contract/failure.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import './failure-notice.css';

/** Says what went wrong and what to do, with the number to quote in small print. Plain HTML: the sign-in page uses it without antd. */
export function FailureNotice({
  failure,
  onRetry,
  text,
}: {
  failure: Failure;
  onRetry?: (() => void) | undefined;
  /** A sentence that knows more than the failure's own. */
  text?: string | undefined;
}) {
  const t = useTexts();
  return (
    <div className="failure-notice" role="alert">
      <p>{text ?? failureText(failure)}</p>
      {failure.requestId && (
        <p className="failure-notice-id numbers">{t('failures:requestId', { requestId: failure.requestId })}</p>
      )}
      {onRetry && (
        <button type="button" className="button" onClick={onRetry}>
          {t('retry')}
        </button>
      )}
    </div>
  );
}
