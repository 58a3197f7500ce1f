import { useQuery, useQueryClient } from '@tanstack/react-query';
import { FactorChoices } from '../../accounts/factor-choices.tsx';
import { PlainSheet } from '../../accounts/plain-sheet.tsx';
import '../../accounts/people.css';
import '../../accounts/second-factor.css';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { interrupt } from '../../api/interruptions.ts';
import { secondFactorQuery, sessionQuery } from '../../api/session.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { AntdProvider } from '../../ui/antd-provider.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';

/** Before anything else: the platform requires a second factor of this person, and there is none. */
export function RequiredFactor() {
  const t = useTexts();
  const client = useQueryClient();
  const factor = useQuery(secondFactorQuery);
  const signOut = () =>
    void call('session:close').then(() => interrupt({ kind: 'session-ended', reason: 'signed-out' }), reportError);
  const refresh = () => {
    void client.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
    void client.invalidateQueries(sessionQuery);
  };
  return (
    <AntdProvider tone="light">
      <PlainSheet title={t('secondFactor:required.title')} text={t('secondFactor:required.text')}>
        {factor.error && <FailureNotice failure={toFailure(factor.error)} onRetry={() => void factor.refetch()} />}
        <div className="plain-sheet-acts">
          {factor.data && <FactorChoices factor={factor.data} onAdded={refresh} />}
          <button type="button" className="button" onClick={signOut}>
            {t('shell:signOut')}
          </button>
        </div>
      </PlainSheet>
    </AntdProvider>
  );
}
