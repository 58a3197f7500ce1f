import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import type { DemonstrationLine } from '../../server/contract/demonstration.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { demonstrationQuery, keepDemonstration } from './queries.ts';

/** Enrolling and withdrawing, as the server allows it now. */
export function EnrolButton({ line }: { line: Pick<DemonstrationLine, 'demonstrationId' | 'title' | 'actions'> }) {
  const t = useTexts();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const { demonstrationId, actions, title } = line;

  async function change(act: 'enrol' | 'withdraw') {
    setBusy(true);
    try {
      keepDemonstration(client, await call(`demonstration:${act}`, { params: { demonstrationId } }));
    } catch (thrown) {
      void client.invalidateQueries({ queryKey: demonstrationQuery(demonstrationId).queryKey });
      void client.invalidateQueries({ queryKey: ['demonstrations'] });
      void message.error(failureText(toFailure(thrown)));
    } finally {
      setBusy(false);
    }
  }
  const askToWithdraw = () =>
    modal.confirm({
      title: t('demonstrations:withdrawAsk.title'),
      content: t('demonstrations:withdrawAsk.text'),
      okText: t('demonstrations:withdrawAsk.confirm'),
      cancelText: t('back'),
      onOk: () => change('withdraw'),
    });

  const act = (['enrol', 'withdraw'] as const).find((one) => actions.includes(one));
  if (!act) return null;
  return (
    <button
      type="button"
      className={act === 'enrol' ? 'button button-primary' : 'button'}
      disabled={isBusy}
      aria-label={`${t(`demonstrations:${act}`)} ${title}`}
      onClick={() => (act === 'enrol' ? void change(act) : askToWithdraw())}
    >
      {t(`demonstrations:${act}`)}
    </button>
  );
}
