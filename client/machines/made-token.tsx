import { App, Modal } from 'antd';
import type { MadeMachine } from '../../server/contract/machine.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import '../accounts/link-slip.css';

/** The token that was just made, shown this once. */
export function MadeToken({ made: { machine, token }, onClose }: { made: MadeMachine; onClose: () => void }) {
  const t = useTexts();
  const formats = useFormats();
  const { message } = App.useApp();
  const copy = () =>
    void navigator.clipboard.writeText(token).then(() => {
      message.success(t('machines:token.copied'));
    }, reportError);
  return (
    <Modal
      open
      title={t('machines:token.title')}
      width={640}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <div className="person-acts">
          {/* A browser copies only where the page came safely: over TLS, or on the machine itself. */}
          {window.isSecureContext && (
            <button type="button" className="button" onClick={copy}>
              {t('machines:token.copy')}
            </button>
          )}
          <button type="button" className="button button-primary" onClick={onClose}>
            {t('machines:token.done')}
          </button>
        </div>
      }
    >
      <p className="link-slip-once">{t('machines:token.once')}</p>
      {machine.state === 'unconfirmed' && machine.confirmUntil && (
        <p>{t('machines:token.awaits', { at: formats.moment(machine.confirmUntil) })}</p>
      )}
      <div className="link-slip">
        <dl>
          <dt>{t('machines:columns.name')}</dt>
          <dd>{`${machine.name} · ${machine.facilityName}`}</dd>
          <dt>{t('machines:token.address')}</dt>
          <dd className="link-slip-code">{`${window.location.origin}/dicomweb`}</dd>
          <dt>{t('machines:token.header')}</dt>
          <dd className="link-slip-code">Authorization: Bearer …</dd>
          <dt>{t('machines:token.label')}</dt>
          <dd className="link-slip-code" data-testid="machine-token">
            {token}
          </dd>
          <dt>{t('machines:token.until')}</dt>
          <dd className="numbers">{formats.exact(machine.expiresAt)}</dd>
        </dl>
      </div>
    </Modal>
  );
}
