import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import type { DemonstrationView } from '../../server/contract/demonstration.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { demonstrationQuery, keepDemonstration } from '../demonstrations/queries.ts';
import type { HallState } from '../hall/hall-state.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** What whoever watches would not see or hear yet. */
function missingOf({ live }: DemonstrationView, { people, cut }: HallState) {
  const theatre = people.filter(({ seat }) => seat === 'theatre');
  const isSent = theatre.some(({ pictures }) => pictures.some(({ paused }) => !paused));
  return [
    ...(theatre.length === 0 ? (['theatre'] as const) : []),
    ...(theatre.length > 0 && !isSent ? (['picture'] as const) : []),
    ...(theatre.length > 0 && theatre.every(({ voice }) => voice === null) ? (['sound'] as const) : []),
    ...(live?.program.main ? [] : (['program'] as const)),
    ...(cut.picture || cut.sound ? (['cut'] as const) : []),
  ];
}

function Missing({ view, state }: { view: DemonstrationView; state: HallState }) {
  const t = useTexts();
  const missing = missingOf(view, state);
  if (missing.length === 0) return <p>{t('demonstrationHall:desk.begin.ready')}</p>;
  return (
    <>
      <p>{t('demonstrationHall:desk.begin.missing')}</p>
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
      content: (
        <>
          <p>{t(`demonstrationHall:desk.${act}.text`)}</p>
          {act === 'begin' && <Missing view={view} state={state} />}
        </>
      ),
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
