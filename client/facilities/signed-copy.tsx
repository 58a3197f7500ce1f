import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { AgreementDetail } from '../../server/contract/agreement.ts';
import { toFailure } from '../api/failures.ts';
import { addressOf, failureOf, send } from '../api/http.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';

const PATH = '/api/agreements/:agreementId/signed-copy';

/** The scanned paper: its download, and its upload as long as the agreement is a draft. */
export function SignedCopy({
  detail,
  beforeSend,
  onKept,
}: {
  detail: AgreementDetail;
  /** Saves what is typed. @returns the version that the paper is put beside. */
  beforeSend: () => Promise<number>;
  onKept: (detail: AgreementDetail) => void;
}) {
  const t = useTexts();
  const formats = useFormats();
  const chooser = useRef<HTMLInputElement>(null);
  const { agreementId, signedCopy } = detail;
  const upload = useMutation({
    async mutationFn(file: File) {
      const address = addressOf(PATH, { agreementId }, { version: await beforeSend(), name: file.name });
      const response = await send(address, { method: 'PUT', body: file, credentials: 'same-origin' });
      if (!response.ok) throw await failureOf(response);
      onKept(AgreementDetail.parse(await response.json()));
    },
  });
  return (
    <section className="record-block" aria-labelledby="signed-copy">
      <h3 id="signed-copy">{t('administration:agreement.signedCopy')}</h3>
      {signedCopy ? (
        <a href={addressOf(PATH, { agreementId })} download={signedCopy.name}>
          {t('administration:agreement.download', {
            name: signedCopy.name,
            size: formats.bytes(signedCopy.sizeBytes),
          })}
        </a>
      ) : (
        <p className="record-hint">{t('administration:agreement.copyMissing')}</p>
      )}
      {detail.actions.includes('edit') && (
        <>
          <button type="button" className="button" disabled={upload.isPending} onClick={() => chooser.current?.click()}>
            {t(`administration:agreement.${signedCopy ? 'replace' : 'upload'}`)}
          </button>
          <input
            ref={chooser}
            type="file"
            accept="application/pdf,.pdf"
            hidden
            data-testid="signed-copy-file"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              event.target.value = '';
              if (file) upload.mutate(file);
            }}
          />
        </>
      )}
      {upload.error && <FailureNotice failure={toFailure(upload.error)} />}
    </section>
  );
}
