import { App, Modal } from 'antd';
import { createPortal } from 'react-dom';
import type { ImportedPerson } from '../../server/contract/imports.ts';
import type { PersonWithLink } from '../../server/contract/people.ts';
import { useSession } from '../api/session.tsx';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { linkAddress, SET_PASSWORD_PATH } from './one-time-code.ts';
import './link-slip.css';

/** The link that was just made, shown this once, to be handed over on paper. */
export function LinkSlip({ made, onClose }: { made: PersonWithLink; onClose: () => void }) {
  const t = useTexts();
  const { message } = App.useApp();
  const copy = () =>
    void navigator.clipboard.writeText(linkAddress(made.link.secret)).then(() => {
      message.success(t('accounts:slip.copied'));
    }, reportError);
  return (
    <Modal
      open
      title={t('accounts:slip.title')}
      width={640}
      onCancel={onClose}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <div className="person-acts">
          {/* A browser copies only where the page came safely: over TLS, or on the machine itself. */}
          {window.isSecureContext && (
            <button type="button" className="button" onClick={copy}>
              {t('accounts:slip.copy')}
            </button>
          )}
          <button type="button" className="button" onClick={() => window.print()}>
            {t('accounts:slip.print')}
          </button>
          <button type="button" className="button button-primary" onClick={onClose}>
            {t('accounts:slip.done')}
          </button>
        </div>
      }
    >
      <p className="link-slip-once">{t('accounts:slip.once')}</p>
      <Slip made={made} />
      {createPortal(
        <div className="link-slip-paper" aria-hidden="true">
          <Slip made={made} />
        </div>,
        document.body,
      )}
    </Modal>
  );
}

/** What is handed over to one person. */
export function Slip({ made: { person, link } }: { made: ImportedPerson }) {
  const t = useTexts();
  const { minPasswordLength } = useSession();
  const formats = useFormats();
  return (
    <div className="link-slip">
      <h2>
        {t('productName')} · {t(`accounts:slip.heading.${link.kind === 'reset' ? 'reset' : 'invitation'}`)}
      </h2>
      <dl>
        <dt>{t('accounts:slip.person')}</dt>
        <dd>{person.name}</dd>
        <dt>{t('accounts:slip.facility')}</dt>
        <dd>{person.facilityName}</dd>
        <dt>{t('accounts:slip.login')}</dt>
        <dd className="link-slip-code">{person.login}</dd>
        <dt>{t('accounts:slip.address')}</dt>
        <dd className="link-slip-code">{`${window.location.origin}${SET_PASSWORD_PATH}`}</dd>
        <dt>{t('accounts:slip.code')}</dt>
        <dd className="link-slip-code" data-testid="one-time-code">
          {link.secret}
        </dd>
        <dt>{t('accounts:slip.until')}</dt>
        <dd className="numbers">{formats.exact(link.expiresAt)}</dd>
      </dl>
      <h3>{t('accounts:slip.steps.title')}</h3>
      <ol>
        <li>{t('accounts:slip.steps.open')}</li>
        <li>{t('accounts:slip.steps.type')}</li>
        <li>{t('accounts:slip.steps.choose', { length: minPasswordLength })}</li>
        <li>{t('accounts:slip.steps.signIn')}</li>
      </ol>
    </div>
  );
}
