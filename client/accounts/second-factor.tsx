import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Modal } from 'antd';
import { useState } from 'react';
import type { ProvenInput, SecondFactorView } from '../../server/contract/second-factor.ts';
import type { SecurityKeyView } from '../../server/contract/security-key.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { secondFactorQuery, sessionQuery } from '../api/session.tsx';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { FactorChoices } from './factor-choices.tsx';
import { OWN_SESSIONS_KEY } from './own-sessions.tsx';
import { ProveFactor } from './prove-factor.tsx';
import { RecoveryCodeList } from './recovery-codes.tsx';
import { SetUpTotp } from './set-up-totp.tsx';
import './plain-sheet.css';
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

/** What is about to be done, once it is proven who asks. */
type Act = 'renew' | 'remove-totp' | SecurityKeyView;

function Standing({ factor }: { factor: SecondFactorView }) {
  const t = useTexts();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [act, setAct] = useState<Act | 'replace-totp'>();
  const [codes, setCodes] = useState<readonly string[]>();
  const { totpAddedAt, securityKeys, recoveryCodesLeft, kinds } = factor;
  const isOn = totpAddedAt !== null || securityKeys.length > 0;
  const refresh = () => {
    void client.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
    void client.invalidateQueries({ queryKey: OWN_SESSIONS_KEY });
    // Whether the platform still asks for one.
    void client.invalidateQueries(sessionQuery);
  };
  const close = () => {
    setAct(undefined);
    refresh();
  };
  async function carryOut(body: ProvenInput): Promise<void> {
    if (act === 'renew') setCodes((await call('recovery-codes:make', { body })).recoveryCodes ?? []);
    else if (act === 'remove-totp') await call('totp:remove', { body });
    else if (typeof act === 'object') await call('security-key:remove', { params: { keyId: act.keyId }, body });
    if (act !== 'renew') message.success(t('secondFactor:removed'));
    close();
  }
  return (
    <>
      <p className="factor-standing">
        <b className="factor-state" data-on={isOn}>
          {t(isOn ? 'secondFactor:on' : 'secondFactor:none')}
        </b>
        {isOn && <span className="numbers">{t('secondFactor:codesLeft', { count: recoveryCodesLeft })}</span>}
      </p>
      {isOn && recoveryCodesLeft < FEW_CODES && <p className="factor-few">{t('secondFactor:codesFew')}</p>}
      {isOn && <FactorList factor={factor} onAct={setAct} />}
      {factor.isLastRequired && <p className="factor-text">{t('secondFactor:lastRequired')}</p>}
      <div className="factor-choices">
        <FactorChoices factor={factor} onAdded={refresh} />
        {isOn && (
          <button type="button" className="button" onClick={() => setAct('renew')}>
            {t('secondFactor:renew')}
          </button>
        )}
      </div>
      {act === 'replace-totp' && <SetUpTotp kinds={kinds} isReplaced onClose={close} />}
      {act && act !== 'replace-totp' && (
        <ProveFactor
          title={t(act === 'renew' ? 'secondFactor:renew' : 'secondFactor:remove')}
          text={
            act === 'renew'
              ? t('secondFactor:prove.renewText')
              : t('secondFactor:prove.removeText', { name: act === 'remove-totp' ? t('secondFactor:app') : act.name })
          }
          kinds={kinds}
          danger={act !== 'renew'}
          onProven={carryOut}
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

/** Each factor, when it was added and used, and how it is taken off. */
function FactorList({
  factor: { totpAddedAt, securityKeys, isLastRequired },
  onAct,
}: {
  factor: SecondFactorView;
  onAct: (act: 'replace-totp' | 'remove-totp' | SecurityKeyView) => void;
}) {
  const t = useTexts();
  const formats = useFormats();
  const added = (at: string) => t('secondFactor:addedAt', { at: formats.moment(at) });
  const remove = (name: string, act: 'remove-totp' | SecurityKeyView) => (
    <button
      type="button"
      className="button"
      disabled={isLastRequired}
      aria-label={t('secondFactor:removeOne', { name })}
      onClick={() => onAct(act)}
    >
      {t('secondFactor:remove')}
    </button>
  );
  return (
    <ul className="factor-list">
      {totpAddedAt && (
        <li>
          <div>
            <b>{t('secondFactor:app')}</b>
            <div className="factor-facts numbers">{added(totpAddedAt)}</div>
          </div>
          <div className="factor-acts-of-one">
            <button type="button" className="button" onClick={() => onAct('replace-totp')}>
              {t('secondFactor:replace')}
            </button>
            {remove(t('secondFactor:app'), 'remove-totp')}
          </div>
        </li>
      )}
      {securityKeys.map((key) => (
        <li key={key.keyId}>
          <div>
            <b>{key.name}</b>
            <div className="factor-facts numbers">
              {[
                added(key.addedAt),
                key.usedAt
                  ? t('secondFactor:key.usedAt', { at: formats.moment(key.usedAt) })
                  : t('secondFactor:key.neverUsed'),
              ].join(' · ')}
            </div>
            {key.signsInAlone && <div className="factor-facts">{t('secondFactor:key.alone')}</div>}
            {!key.isOfThisHost && <div className="factor-facts">{t('secondFactor:key.elsewhere')}</div>}
          </div>
          {remove(key.name, key)}
        </li>
      ))}
    </ul>
  );
}
