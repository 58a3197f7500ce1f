import { useRef, useState } from 'react';
import type { ConsentMethod } from '../../server/contract/consent.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { toFailure } from '../api/failures.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { evidenceAddress, type KeptEvidence, keepEvidence } from './evidence.ts';
import { SignaturePad } from './signature-pad.tsx';
import { useObjectUrl } from './use-object-url.ts';
import '../ui/form-parts.css';

/** The drawn signature, or the photograph of the signed paper: sent at once, so that the draft only names it. */
export function EvidenceField({
  consultationId,
  method,
  sha256,
  onChange,
}: {
  consultationId: string;
  method: Exclude<ConsentMethod, 'paper'>;
  sha256: string | null;
  onChange: (sha256: string | null) => void;
}) {
  const t = useTexts();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [kept, setKept] = useState<KeptEvidence>();
  const chooser = useRef<HTMLInputElement>(null);
  const own = useObjectUrl(kept?.sha256 === sha256 ? kept?.picture : undefined);

  async function keep(file: Blob): Promise<void> {
    setBusy(true);
    setFailure(undefined);
    try {
      const evidence = await keepEvidence(consultationId, file);
      setKept(evidence);
      onChange(evidence.sha256);
    } catch (thrown) {
      setFailure(toFailure(thrown));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="consent-evidence">
      {sha256 !== null && (
        <img
          className="consent-picture"
          src={own ?? evidenceAddress(consultationId, sha256)}
          alt={t(`consents:${method}Picture`)}
        />
      )}
      {method === 'drawn' && sha256 === null && <SignaturePad busy={busy} onKeep={(picture) => void keep(picture)} />}
      {method === 'drawn' && sha256 !== null && (
        <p className="consent-buttons">
          <button type="button" className="button" onClick={() => onChange(null)}>
            {t('consents:pad.again')}
          </button>
        </p>
      )}
      {method === 'photo' && (
        <>
          <p className="form-hint">{t('consents:photo.hint')}</p>
          <p className="consent-buttons">
            <button type="button" className="button" disabled={busy} onClick={() => chooser.current?.click()}>
              {busy ? t('consents:sending') : t(sha256 === null ? 'consents:photo.choose' : 'consents:photo.again')}
            </button>
          </p>
          <input
            ref={chooser}
            type="file"
            hidden
            accept="image/jpeg,image/png"
            data-testid="consent-photo"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              event.currentTarget.value = '';
              if (file) void keep(file);
            }}
          />
        </>
      )}
      {failure && <FailureNotice failure={failure} />}
    </div>
  );
}
