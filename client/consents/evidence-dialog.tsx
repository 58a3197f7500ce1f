import { Modal } from 'antd';
import { useEffect, useState } from 'react';
import type { ConsentView } from '../../server/contract/consent.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { toFailure } from '../api/failures.ts';
import { fetchBytes } from '../api/fetch-bytes.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { evidenceAddress } from './evidence.ts';
import { useObjectUrl } from './use-object-url.ts';

/** The signature or the photograph, fetched only when it is asked for: each reading is noted. */
export function EvidenceDialog({
  consultationId,
  consent,
  onClose,
}: {
  consultationId: string;
  consent: ConsentView;
  onClose: () => void;
}) {
  const t = useTexts();
  const { evidenceSha256, method, signerName } = consent;
  const { picture, failure } = useEvidence(consultationId, evidenceSha256);
  const url = useObjectUrl(picture);
  return (
    <Modal open width={760} title={t('consents:evidenceTitle')} footer={null} onCancel={onClose}>
      <p className="consent-quiet">{t('consents:evidenceHint')}</p>
      {failure && <FailureNotice failure={failure} />}
      {!failure && (
        <div className="consent-picture-place">
          {url && (
            <img
              className="consent-picture"
              src={url}
              alt={`${t(method === 'photo' ? 'consents:photoPicture' : 'consents:drawnPicture')} ${signerName}`}
            />
          )}
        </div>
      )}
    </Modal>
  );
}

/** Fetched as bytes, so that what went wrong can be told. */
function useEvidence(consultationId: string, sha256: string | null): { picture?: Blob; failure?: Failure } {
  const [outcome, setOutcome] = useState<{ picture?: Blob; failure?: Failure }>({});
  useEffect(() => {
    if (sha256 === null) return;
    const closing = new AbortController();
    fetchBytes(evidenceAddress(consultationId, sha256), 'image/*', closing.signal)
      .then(({ bytes, contentType }) => setOutcome({ picture: new Blob([bytes], { type: contentType }) }))
      .catch((thrown: unknown) => {
        if (!closing.signal.aborted) setOutcome({ failure: toFailure(thrown) });
      });
    return () => closing.abort();
  }, [consultationId, sha256]);
  return outcome;
}
