import { Modal } from 'antd';
import { useState } from 'react';
import type { ConsentView } from '../../server/contract/consent.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { evidenceAddress } from './evidence.ts';

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
  const [failed, setFailed] = useState(false);
  const { evidenceSha256, method, signerName } = consent;
  return (
    <Modal open width={760} title={t('consents:evidenceTitle')} footer={null} onCancel={onClose}>
      <p className="consent-quiet">{t('consents:evidenceHint')}</p>
      {failed && <p role="alert">{t('report:imageMissing')}</p>}
      {evidenceSha256 !== null && !failed && (
        <img
          className="consent-picture"
          src={evidenceAddress(consultationId, evidenceSha256)}
          alt={`${t(method === 'photo' ? 'consents:photoPicture' : 'consents:drawnPicture')} ${signerName}`}
          onError={() => setFailed(true)}
        />
      )}
    </Modal>
  );
}
