import { useQueryClient } from '@tanstack/react-query';
import { App, Modal } from 'antd';
import { useState } from 'react';
import type { DemonstrationView } from '../../server/contract/demonstration.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { demonstrationQuery, keepDemonstration } from '../demonstrations/queries.ts';
import type { HallState } from '../hall/hall-state.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { missingOf } from './missing.ts';

function Missing({ view, state }: { view: DemonstrationView; state: HallState }) {
  const t = useTexts();
  const missing = [
    ...missingOf(view.live?.program, state),
    ...(view.plan && view.plan.checkedCount < view.plan.shownCount ? (['unchecked'] as const) : []),
  ];
  if (missing.length === 0) return <p className="begin-note">{t('demonstrationHall:desk.begin.ready')}</p>;
  return (
    <>
      <p className="begin-note">{t('demonstrationHall:desk.begin.missing')}</p>
      <ul className="begin-missing" data-testid="begin-missing">
        {missing.map((one) => (
          <li key={one}>{t(`demonstrationHall:desk.begin.missingOf.${one}`)}</li>
        ))}
      </ul>
    </>
  );
}

/** Goes live and ends, each after one question: both are for everybody. */
export function BeginEnd({ view, state }: { view: DemonstrationView; state: HallState }) {
  const t = useTexts();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [asked, setAsked] = useState<'begin' | 'end'>();
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
      setAsked(undefined);
    }
  }
  return (
    <>
      <button
        type="button"
        className={act === 'begin' ? 'button button-primary' : 'button'}
        data-testid={`desk-${act}`}
        disabled={isBusy}
        onClick={() => setAsked(act)}
      >
        {t(`demonstrationHall:desk.${act}.button`)}
      </button>
      {/* What is missing may change while the question is read. */}
      <Modal
        open={asked === act}
        title={t(`demonstrationHall:desk.${act}.title`)}
        okText={t(`demonstrationHall:desk.${act}.confirm`)}
        okButtonProps={{ danger: act === 'end' }}
        confirmLoading={isBusy}
        cancelText={t('back')}
        onOk={() => perform(plan.version, act)}
        onCancel={() => setAsked(undefined)}
        mask={{ closable: false }}
      >
        <p>{t(`demonstrationHall:desk.${act}.text`)}</p>
        {act === 'begin' && <Missing view={view} state={state} />}
      </Modal>
    </>
  );
}
