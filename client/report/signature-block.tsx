import { Fragment, useEffect, useState } from 'react';
import type { ReportView } from '../../server/contract/report.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { sha256Of } from '../uploads/sha256.ts';
import { Fact } from './report-head.tsx';

/** Who signed, when, by which key, whether what is shown is what was signed, and who answers for what is done with it. */
export function SignatureBlock({ report }: { report: ReportView }) {
  const t = useTexts();
  const formats = useFormats();
  const { content, signature, signatureValid } = report;
  const { author } = content;
  const [fingerprint, setFingerprint] = useState('');
  useEffect(() => {
    let current = true;
    keyFingerprint(signature.publicKey).then((text) => {
      if (current) setFingerprint(text);
    }, reportError);
    return () => {
      current = false;
    };
  }, [signature.publicKey]);
  return (
    <section className="report-signature">
      <h2>{t('report:signature.title')}</h2>
      <p className="report-signer">
        {author.name} <small>{[author.title, author.facilityName].filter(Boolean).join(' · ')}</small>
      </p>
      <dl className="report-facts">
        <Fact name={t('report:signature.at')}>{formats.exact(content.signedAt)}</Fact>
        <Fact name={t('report:signature.algorithm')}>{signature.algorithm}</Fact>
        <Fact name={t('report:signature.fingerprint')} wide>
          <code className="report-code">
            {fingerprint.split(':').map((pair, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pairs stand where they stand
              <Fragment key={index}>
                {index > 0 && ':'}
                {/* So that a line ends between pairs. */}
                <wbr />
                {pair}
              </Fragment>
            ))}
          </code>
        </Fact>
        <Fact name={t('report:signature.value')} wide>
          <code className="report-code">{signature.value}</code>
        </Fact>
      </dl>
      <p className="report-validity" data-valid={signatureValid}>
        {signatureValid ? `✓ ${t('report:signature.valid')}` : `✗ ${t('report:signature.invalid')}`}
      </p>
      <p className="report-liability">{t(`report:liability.${content.serviceForm}`)}</p>
    </section>
  );
}

/** SHA-256 over the DER form of the key (SPKI), as `openssl` prints it: pairs of digits in capitals, parted by colons. */
async function keyFingerprint(publicKeyBase64: string): Promise<string> {
  const der = Uint8Array.from(atob(publicKeyBase64), (character) => character.charCodeAt(0));
  const hex = await sha256Of(der);
  return (hex.toUpperCase().match(/../g) ?? []).join(':');
}
