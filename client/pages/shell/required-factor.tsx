import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Gate } from '../../accounts/gate.tsx';
import { SetUpTotp } from '../../accounts/set-up-totp.tsx';
import '../../accounts/people.css';
import '../../accounts/second-factor.css';
import { call } from '../../api/http.ts';
import { interrupt } from '../../api/interruptions.ts';
import { sessionQuery } from '../../api/session.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { AntdProvider } from '../../ui/antd-provider.tsx';

/** Before anything else: the platform requires a second factor of this person, and there is none. */
export function RequiredFactor() {
  const t = useTexts();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const signOut = () =>
    void call('session:close').then(() => interrupt({ kind: 'session-ended', reason: 'signed-out' }), reportError);
  return (
    <AntdProvider tone="light">
      <Gate title={t('secondFactor:required.title')} text={t('secondFactor:required.text')}>
        <div className="gate-acts">
          <button type="button" className="button button-primary" onClick={() => setOpen(true)}>
            {t('secondFactor:setUp')}
          </button>
          <button type="button" className="button" onClick={signOut}>
            {t('shell:signOut')}
          </button>
        </div>
        {open && (
          <SetUpTotp
            onClose={() => {
              setOpen(false);
              void client.invalidateQueries(sessionQuery);
            }}
          />
        )}
      </Gate>
    </AntdProvider>
  );
}
