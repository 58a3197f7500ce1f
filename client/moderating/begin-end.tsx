import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import type { DemonstrationView } from '../../server/contract/demonstration.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { demonstrationQuery, keepDemonstration } from '../demonstrations/queries.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** Goes live and ends, each after one question: both are for everybody. */
export function BeginEnd({ view }: { view: DemonstrationView }) {
  const t = useTexts();
  const client = useQueryClient();
  const { modal, message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const { actions, plan, demonstrationId } = view;
  const act = (['begin', 'end'] as const).find((one) => actions.includes(one));
  if (!act || !plan) return null;
  async function perform(version: number, of: 'begin' | 'end') {
    setBusy(true);
    try {
      keepDemonstration(client, await call(`demonstration:${of}`, { params: { demonstrationId }, body: { version } }));
    } catch (thrown) {
      void message.error(failureText(toFailure(thrown)));
      void client.invalidateQueries({ queryKey: demonstrationQuery(demonstrationId).queryKey });
    } finally {
      setBusy(false);
    }
  }
  const ask = () =>
    modal.confirm({
      title: t(`demonstrationHall:desk.${act}.title`),
      content: t(`demonstrationHall:desk.${act}.text`),
      okText: t(`demonstrationHall:desk.${act}.confirm`),
      okButtonProps: { danger: act === 'end' },
      cancelText: t('back'),
      onOk: () => perform(plan.version, act),
    });
  return (
    <button
      type="button"
      className={act === 'begin' ? 'button button-primary' : 'button'}
      data-testid={`desk-${act}`}
      disabled={isBusy}
      onClick={() => void ask()}
    >
      {t(`demonstrationHall:desk.${act}.button`)}
    </button>
  );
}
