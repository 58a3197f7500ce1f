import { useState } from 'react';
import type { Failure } from '../../server/contract/failure.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** For whoever sees on a picture whose it is: one press takes it off every screen, until somebody has looked it through again. */
export function WithdrawButton({ demonstrationId, materialId }: { demonstrationId: string; materialId: string }) {
  const t = useTexts();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const withdraw = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await call('demonstration:withdraw-check', { params: { demonstrationId, materialId } });
    } catch (thrown) {
      setFailure(toFailure(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button
        type="button"
        className="button showing-withdraw"
        disabled={isBusy}
        title={t('showing:withdrawHint')}
        data-testid="showing-withdraw"
        onClick={() => void withdraw()}
      >
        {t('showing:withdraw')}
      </button>
      {failure && <span role="alert">{failureText(failure)}</span>}
    </>
  );
}
