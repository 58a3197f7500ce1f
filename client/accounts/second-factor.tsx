import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Modal } from 'antd';
import { useState } from 'react';
import type { Failure } from '../../server/contract/failure.ts';
import type { FactorKind, ProvenInput, SecondFactorView } from '../../server/contract/second-factor.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { secondFactorQuery, sessionQuery } from '../api/session.tsx';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { OWN_SESSIONS_KEY } from './own-sessions.tsx';
import { ProveFactor } from './prove-factor.tsx';
import { RecoveryCodeList } from './recovery-codes.tsx';
import { SetUpTotp } from './set-up-totp.tsx';
import './gate.css';
import './people.css';
import './second-factor.css';

/** So many are soon used up. */
const FEW_CODES = 3;

/** What the person has set up beside the password, and what they may change. */
export function SecondFactor() {
  const t = useTexts();
  const factor = useQuery(secondFactorQuery);
  return (
    <section className="panel second-factor" aria-labelledby="second-factor">
      <h2 id="second-factor">{t('secondFactor:title')}</h2>
      <p>{t('secondFactor:text')}</p>
      {factor.isPending && <Skeleton lines={2} lineHeightPx={40} />}
      {factor.error && <FailureNotice failure={toFailure(factor.error)} onRetry={() => void factor.refetch()} />}
      {factor.data && !factor.data.isPossible && <p>{t('secondFactor:demo')}</p>}
      {factor.data?.isPossible && <Standing factor={factor.data} />}
    </section>
  );
}

function Standing({ factor }: { factor: SecondFactorView }) {
  const t = useTexts();
  const formats = useFormats();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [open, setOpen] = useState<'set-up' | 'renew' | 'remove'>();
  const [codes, setCodes] = useState<readonly string[]>();
  const { totpAddedAt, recoveryCodesLeft } = factor;
  const kinds: FactorKind[] = recoveryCodesLeft > 0 ? ['totp', 'recovery-code'] : ['totp'];
  const close = () => {
    setOpen(undefined);
    void client.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
    void client.invalidateQueries({ queryKey: OWN_SESSIONS_KEY });
    // Whether the platform still asks for one.
    void client.invalidateQueries(sessionQuery);
  };
  const attempt = async (act: () => Promise<void>): Promise<Failure | undefined> => {
    try {
      await act();
      close();
      return undefined;
    } catch (thrown) {
      return toFailure(thrown);
    }
  };
  const renew = (body: ProvenInput) =>
    attempt(async () => setCodes((await call('recovery-codes:make', { body })).recoveryCodes ?? []));
  const remove = (body: ProvenInput) =>
    attempt(async () => {
      await call('totp:remove', { body });
      message.success(t('secondFactor:removed'));
    });
  return (
    <>
      <p className="factor-standing">
        <b className="factor-state" data-on={totpAddedAt !== null}>
          {t(totpAddedAt ? 'secondFactor:on' : 'secondFactor:none')}
        </b>
        {totpAddedAt && (
          <span className="numbers">
            {`${t('secondFactor:since', { at: formats.moment(totpAddedAt) })} · ${t('secondFactor:codesLeft', { count: recoveryCodesLeft })}`}
          </span>
        )}
      </p>
      {totpAddedAt && recoveryCodesLeft < FEW_CODES && <p className="factor-few">{t('secondFactor:codesFew')}</p>}
      <div className="factor-choices">
        {totpAddedAt ? (
          <>
            <button type="button" className="button" onClick={() => setOpen('renew')}>
              {t('secondFactor:renew')}
            </button>
            <button type="button" className="button" onClick={() => setOpen('remove')}>
              {t('secondFactor:remove')}
            </button>
          </>
        ) : (
          <button type="button" className="button button-primary" onClick={() => setOpen('set-up')}>
            {t('secondFactor:setUp')}
          </button>
        )}
      </div>
      {open === 'set-up' && <SetUpTotp onClose={close} />}
      {(open === 'renew' || open === 'remove') && (
        <ProveFactor
          title={t(`secondFactor:${open}`)}
          text={t(`secondFactor:prove.${open}Text`)}
          kinds={kinds}
          danger={open === 'remove'}
          onProven={open === 'renew' ? renew : remove}
          onClose={close}
        />
      )}
      {codes && (
        <Modal open title={t('secondFactor:codes.title')} width={560} footer={null} closable={false} keyboard={false}>
          <RecoveryCodeList codes={codes} onClose={() => setCodes(undefined)} />
        </Modal>
      )}
    </>
  );
}
