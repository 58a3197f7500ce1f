import { useEffect, useState } from 'react';
import type { Failure } from '../../server/contract/failure.ts';
import type { PhoneCameraInvitation } from '../../server/contract/phone-camera.ts';
import { QrCode } from '../accounts/qr-code.tsx';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import type { TheatreInputs, TheatreInputsState } from './theatre-inputs.ts';

/** Names this computer alone: a telephone that reads it finds itself. */
const isLocalAddress = (): boolean => /^(localhost|127\.|\[::1\])/.test(window.location.hostname);

/** As it stands in the code: where this browser found the system, the telephone finds it too. */
const addressOf = (secret: string): string => `${window.location.origin}/phone-camera#${secret}`;

/** Lets a telephone in as a camera: a code that is good once, until its picture is there. */
export function AddPhone({
  demonstrationId,
  inputs,
  state,
  name,
  isFull,
  onAdded,
}: {
  demonstrationId: string;
  inputs: TheatreInputs;
  state: TheatreInputsState;
  name: string;
  isFull: boolean;
  onAdded: (inputId: string) => void;
}) {
  const t = useTexts();
  const [invited, setInvited] = useState<PhoneCameraInvitation>();
  const [failure, setFailure] = useState<Failure>();
  const [isExpired, setExpired] = useState(false);
  const cameraId = invited?.cameraId;
  const standing = state.phones.get(cameraId ?? '');
  const isThere = standing !== undefined && standing !== 'awaited' && standing !== 'gone';
  useEffect(() => {
    if (!invited) return undefined;
    setExpired(false);
    // By this computer's clock; the server judges by its own.
    const timer = setTimeout(() => setExpired(true), Date.parse(invited.expiresAt) - Date.now());
    return () => clearTimeout(timer);
  }, [invited]);
  useEffect(() => {
    if (isThere) setInvited(undefined);
  }, [isThere]);
  const invite = async () => {
    setFailure(undefined);
    if (cameraId !== undefined) inputs.remove(cameraId);
    try {
      const made = await call('phone-camera:invite', { params: { demonstrationId } });
      inputs.addPhone(made.cameraId, name);
      onAdded(made.cameraId);
      setInvited(made);
    } catch (thrown) {
      setFailure(toFailure(thrown));
    }
  };
  const giveUp = () => {
    if (cameraId !== undefined) inputs.remove(cameraId);
    setInvited(undefined);
  };
  return (
    <div className="theatre-phone" data-testid="add-phone">
      {!invited && (
        <button type="button" className="button" disabled={isFull} onClick={() => void invite()}>
          {t('theatre:phone.add')}
        </button>
      )}
      {failure && <FailureNotice failure={failure} onRetry={() => void invite()} />}
      {invited && (
        <>
          {isExpired ? (
            <p role="status">{t('theatre:phone.expired')}</p>
          ) : (
            <>
              <QrCode text={addressOf(invited.secret)} label={t('theatre:phone.code')} />
              <p className="theatre-hint" role="status">
                {t('theatre:phone.scan')}
              </p>
              {isLocalAddress() && <p className="theatre-warning">{t('theatre:phone.local')}</p>}
            </>
          )}
          <div className="theatre-row">
            {isExpired && (
              <button type="button" className="button button-primary" onClick={() => void invite()}>
                {t('theatre:phone.another')}
              </button>
            )}
            <button type="button" className="button" onClick={giveUp}>
              {t('cancel')}
            </button>
          </div>
        </>
      )}
    </div>
  );
}
