import { call } from '../api/http.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { AskingProps } from './questions.tsx';

/** One's own raised hand, from raising it to having the word. */
export function OwnHandBar({ demonstrationId, asking, view }: AskingProps) {
  const t = useTexts();
  const { hand } = view.own;
  const params = { demonstrationId };
  if (!hand && !view.actions.includes('raise-hand')) return null;
  const place = hand ? view.waitingIds.indexOf(hand.handId) + 1 : 0;
  return (
    <section className="asking-hand" aria-live="polite" data-testid="asking-hand" data-state={hand?.state ?? 'none'}>
      {hand && (
        <p>
          {hand.state === 'raised' && place > 0
            ? t('asking:hand.place', { place, count: view.waitingCount })
            : t(`asking:hand.state.${hand.state}`)}
        </p>
      )}
      {!hand && (
        <button type="button" className="button" onClick={() => void asking.own(() => call('hand:raise', { params }))}>
          {t('asking:hand.raise')}
        </button>
      )}
      {hand?.state === 'offered' && (
        <button
          type="button"
          className="button button-primary"
          onClick={() => void asking.own(() => call('hand:be-ready', { params }))}
        >
          {t('asking:hand.ready')}
        </button>
      )}
      {hand && hand.state !== 'granted' && (
        <button type="button" className="button" onClick={() => void asking.own(() => call('hand:lower', { params }))}>
          {t('asking:hand.lower')}
        </button>
      )}
    </section>
  );
}

/** The latest poll with its result as it grows. */
export function PollPane({ demonstrationId, asking, view }: AskingProps) {
  const t = useTexts();
  const { poll, own } = view;
  if (!poll) return null;
  const { pollId, text, options, answeredCount, closedAt } = poll;
  const mine = own.pollAnswer?.pollId === pollId ? own.pollAnswer.option : undefined;
  const mayAnswer = closedAt === null && view.actions.includes('ask');
  const answer = (option: number) =>
    void asking.own(() => call('poll:answer', { params: { demonstrationId, pollId }, body: { option } }));
  return (
    <section className="asking-part" aria-labelledby="asking-poll" data-testid="asking-poll">
      <h2 id="asking-poll">{text}</h2>
      <ul className="asking-options">
        {options.map((option, index) => {
          const share = answeredCount === 0 ? 0 : Math.round((option.count / answeredCount) * 100);
          return (
            <li key={option.text}>
              <button
                type="button"
                className="button asking-option"
                aria-pressed={mine === index}
                disabled={!mayAnswer}
                style={{ '--share': `${share}%` } as React.CSSProperties}
                onClick={() => answer(index)}
              >
                <span>{option.text}</span>
                <span className="numbers">
                  {option.count} · {share} %
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <p className="asking-by">
        {t(closedAt === null ? 'asking:poll.open' : 'asking:poll.closed', { count: answeredCount })}
      </p>
      {closedAt === null && view.actions.includes('moderate') && (
        <button
          type="button"
          className="button"
          onClick={() => void asking.desk(() => call('poll:close', { params: { demonstrationId, pollId } }))}
        >
          {t('asking:poll.close')}
        </button>
      )}
    </section>
  );
}
