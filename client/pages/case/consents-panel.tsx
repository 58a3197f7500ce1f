import { App } from 'antd';
import { useState } from 'react';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import { isOvertaken } from '../../../server/contract/failure-fate.ts';
import { ConsentsList } from '../../consents/consents-list.tsx';
import { GiveDialog } from '../../consents/give-dialog.tsx';
import { WithdrawDialog } from '../../consents/withdraw-dialog.tsx';
import { todayInChina } from '../../consultation-form/birth-date.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import type { Acts } from './use-acts.ts';

/** What the patient consents to; those of the patient's own hospital record more of it, or that it was taken back. */
export function ConsentsPanel({ view, acts }: { view: ConsultationView; acts: Acts }) {
  const t = useTexts();
  const { message } = App.useApp();
  const [dialog, setDialog] = useState<'give' | 'withdraw'>();
  const { actions, consultationId, consents, consentedScopes } = view;
  const isDraft = view.awaiting === 'submission';
  if (isDraft) return null;
  const mayGive = actions.includes('record-consent');
  const mayWithdraw = actions.includes('withdraw-consent') && consentedScopes.length > 0;
  return (
    <section className="panel" aria-labelledby="consents">
      <h2 id="consents">{t('consents:title')}</h2>
      <ConsentsList
        consultationId={consultationId}
        consents={consents}
        showsEvidence={actions.includes('reveal-patient')}
      />
      {(mayGive || mayWithdraw) && (
        <p className="consent-buttons">
          {mayGive && (
            <button type="button" className="button" onClick={() => setDialog('give')}>
              {t('consents:give')}
            </button>
          )}
          {mayWithdraw && (
            <button type="button" className="button" onClick={() => setDialog('withdraw')}>
              {t('consents:withdraw')}
            </button>
          )}
        </p>
      )}
      {dialog === 'give' && (
        <GiveDialog
          view={view}
          today={todayInChina()}
          onClose={() => setDialog(undefined)}
          onConfirm={async (terms) => {
            const failure = await acts.giveConsent(terms);
            if (failure && !isOvertaken(failure)) return failure;
            setDialog(undefined);
            if (!failure) void message.success(t('consents:giveDialog.done'));
            return undefined;
          }}
        />
      )}
      {dialog === 'withdraw' && (
        <WithdrawDialog
          given={consentedScopes}
          isAnswered={view.reportId !== null}
          onClose={() => setDialog(undefined)}
          onConfirm={async (input) => {
            const failure = await acts.withdrawConsent(input);
            if (failure && !isOvertaken(failure)) return failure;
            setDialog(undefined);
            if (!failure) void message.success(t('consents:withdrawDialog.done'));
            return undefined;
          }}
        />
      )}
    </section>
  );
}
