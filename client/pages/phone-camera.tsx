import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { Failure } from '../../server/contract/failure.ts';
import type { OpenedPhoneCamera } from '../../server/contract/phone-camera.ts';
import { readLinkSecret } from '../accounts/one-time-code.ts';
import { PlainSheet } from '../accounts/plain-sheet.tsx';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { keepOpenedPhone, readOpenedPhone } from '../phone-camera/opened-phone.ts';
import { PhoneCamera } from '../phone-camera/phone-camera.tsx';

/** Where the code of the theatre's page leads a telephone: without signing in, it becomes one camera of the theatre, and nothing else. */
export function PhoneCameraPage() {
  const t = useTexts();
  const secret = readLinkSecret(useLocation().hash);
  const navigate = useNavigate();
  const [opened, setOpened] = useState<OpenedPhoneCamera | undefined>(() =>
    secret === undefined ? readOpenedPhone(sessionStorage) : undefined,
  );
  const [failure, setFailure] = useState<Failure>();
  const [isBusy, setBusy] = useState(false);
  // Whoever photographs the telephone's address reads no code in it.
  useEffect(() => {
    if (opened && secret !== undefined) void navigate('/phone-camera', { replace: true });
  }, [opened, secret, navigate]);
  const open = async (code: string) => {
    setBusy(true);
    setFailure(undefined);
    try {
      const answer = await call('phone-camera:open', { body: { secret: code } });
      keepOpenedPhone(sessionStorage, answer);
      setOpened(answer);
    } catch (thrown) {
      setFailure(toFailure(thrown));
    } finally {
      setBusy(false);
    }
  };
  if (opened) return <PhoneCamera opened={opened} />;
  return (
    <PlainSheet title={t('theatre:phone.title')} text={t('theatre:phone.about')}>
      {failure && (
        <p role="alert" className="phone-camera-fault">
          {failure.reason?.startsWith('link-') ? t('theatre:phone.invalid') : failureText(failure)}
        </p>
      )}
      {secret === undefined ? (
        <p>{t('theatre:phone.noCode')}</p>
      ) : (
        <button type="button" className="button button-primary" disabled={isBusy} onClick={() => void open(secret)}>
          {t('theatre:phone.begin')}
        </button>
      )}
    </PlainSheet>
  );
}
