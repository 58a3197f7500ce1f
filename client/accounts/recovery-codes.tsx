import { App } from 'antd';
import { createPortal } from 'react-dom';
import { useSession } from '../api/session.tsx';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import './link-slip.css';

/** Recovery codes that were just made, shown this once. */
export function RecoveryCodeList({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const t = useTexts();
  const { message } = App.useApp();
  const copy = () =>
    void navigator.clipboard.writeText(codes.join('\n')).then(() => {
      message.success(t('secondFactor:codes.copied'));
    }, reportError);
  return (
    <>
      <p className="link-slip-once">{t('secondFactor:codes.text')}</p>
      <Sheet codes={codes} />
      {createPortal(
        <div className="link-slip-paper" aria-hidden="true">
          <Sheet codes={codes} />
        </div>,
        document.body,
      )}
      <div className="person-acts factor-acts">
        {/* A browser copies only where the page came safely: over TLS, or on the machine itself. */}
        {window.isSecureContext && (
          <button type="button" className="button" onClick={copy}>
            {t('secondFactor:codes.copy')}
          </button>
        )}
        <button type="button" className="button" onClick={() => window.print()}>
          {t('secondFactor:codes.print')}
        </button>
        <button type="button" className="button button-primary" onClick={onClose}>
          {t('secondFactor:codes.done')}
        </button>
      </div>
    </>
  );
}

function Sheet({ codes }: { codes: readonly string[] }) {
  const t = useTexts();
  const formats = useFormats();
  const { person } = useSession();
  return (
    <div className="link-slip">
      <h2>
        {t('productName')} · {t('secondFactor:codes.heading')}
      </h2>
      <dl>
        <dt>{t('secondFactor:codes.account')}</dt>
        <dd>{`${person.name} · ${person.facilityName}`}</dd>
        <dt>{t('secondFactor:codes.madeAt')}</dt>
        <dd className="numbers">{formats.exact(new Date().toISOString())}</dd>
      </dl>
      <ol className="recovery-codes">
        {codes.map((code) => (
          <li key={code} className="link-slip-code" data-testid="recovery-code">
            {code}
          </li>
        ))}
      </ol>
    </div>
  );
}
