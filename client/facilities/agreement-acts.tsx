import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { AgreementDetail, AgreementDraft } from '../../server/contract/agreement.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { actOnSaved } from '../drafts/act-on-saved.ts';
import type { Autosave } from '../drafts/autosave.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { agreementQuery, keepAgreement } from './queries.ts';

interface Perform {
  /** @returns the failure; what the server has meanwhile is shown then. */
  (work: (version: number) => Promise<AgreementDetail>): Promise<Failure | undefined>;
  /** As the call itself, and a failure is told in passing. */
  orTell(work: (version: number) => Promise<AgreementDetail>): Promise<void>;
}

/** Each act first saves what is typed, and is made on what the server then has. */
export function usePerform({ agreementId }: AgreementDetail, autosave: Autosave<AgreementDraft>): Perform {
  const client = useQueryClient();
  const { message } = App.useApp();
  const perform = async (work: (version: number) => Promise<AgreementDetail>): Promise<Failure | undefined> => {
    try {
      keepAgreement(client, await actOnSaved(autosave, work));
      return undefined;
    } catch (thrown) {
      void client.invalidateQueries({ queryKey: agreementQuery(agreementId).queryKey });
      return toFailure(thrown);
    }
  };
  return Object.assign(perform, {
    async orTell(work: (version: number) => Promise<AgreementDetail>) {
      const failure = await perform(work);
      if (failure) void message.error(failureText(failure));
    },
  });
}

/** Ending, renewing and discarding, as the server allows it now. */
export function AgreementActs({ detail, perform }: { detail: AgreementDetail; perform: Perform }) {
  const t = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { modal, message } = App.useApp();
  const [isEnding, setEnding] = useState(false);
  const params = { agreementId: detail.agreementId };

  async function renew() {
    try {
      const next = await call('agreement:renew', { params });
      keepAgreement(client, next);
      void client.invalidateQueries({ queryKey: agreementQuery(detail.agreementId).queryKey });
      void navigate(`/administration/agreements/${next.agreementId}`);
    } catch (thrown) {
      void message.error(failureText(toFailure(thrown)));
    }
  }
  function discard() {
    modal.confirm({
      title: t('administration:agreement.discard.title'),
      content: t('administration:agreement.discard.text'),
      okText: t('administration:agreement.discard.confirm'),
      cancelText: t('cancel'),
      okButtonProps: { danger: true },
      async onOk() {
        try {
          await call('agreement:discard', { params });
          await client.invalidateQueries({ queryKey: ['agreements'] });
          void navigate('/administration/agreements');
        } catch (thrown) {
          void message.error(failureText(toFailure(thrown)));
        }
      },
    });
  }

  const acts = [
    ['renew', () => void renew()],
    ['end', () => setEnding(true)],
    ['discard', discard],
  ] as const;
  return (
    <div className="record-acts">
      {acts
        .filter(([act]) => detail.actions.includes(act) && !(act === 'renew' && detail.successorId !== null))
        .map(([act, begin]) => (
          <button key={act} type="button" className="button" onClick={begin}>
            {t(`administration:agreement.actions.${act}`)}
          </button>
        ))}
      {isEnding && (
        <ReasonDialog
          title={t('administration:agreement.end.title')}
          text={t('administration:agreement.end.text')}
          confirm={t('administration:agreement.end.confirm')}
          danger
          onConfirm={async (reason) => {
            const failure = await perform((version) => call('agreement:end', { params, body: { version, reason } }));
            if (!failure) setEnding(false);
            return failure;
          }}
          onClose={() => setEnding(false)}
        />
      )}
    </div>
  );
}
