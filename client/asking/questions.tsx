import { useState } from 'react';
import type { AskingView } from '../../server/contract/asking.ts';
import { call } from '../api/http.ts';
import { randomId } from '../api/random-id.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { Asking } from './use-asking.ts';

/** As the contract's QuestionInput. */
const MAX_LENGTH = 300;

export interface AskingProps {
  demonstrationId: string;
  asking: Asking;
  view: AskingView;
}

/** One question, and who else wants to know. */
export function Questions({ demonstrationId, asking, view }: AskingProps) {
  const t = useTexts();
  const { questions, own, actions } = view;
  const ownIds = new Set(own.questions.map(({ questionId }) => questionId));
  const shown = [
    ...own.questions.filter(({ questionId }) => questions.every((one) => one.questionId !== questionId)),
    ...questions,
  ];
  const vote = (questionId: string, isFor: boolean) =>
    void asking.own(() =>
      call(isFor ? 'question:vote' : 'question:unvote', { params: { demonstrationId, questionId } }),
    );
  return (
    <section className="asking-part" aria-labelledby="asking-questions">
      <h2 id="asking-questions">{t('asking:questions')}</h2>
      {actions.includes('ask') && <QuestionForm demonstrationId={demonstrationId} asking={asking} />}
      {shown.length === 0 && <p className="asking-none">{t('asking:noQuestions')}</p>}
      <ol className="asking-list" data-testid="asking-questions">
        {shown.map(({ questionId, text, by, state, voteCount }) => {
          const voted = own.votedIds.includes(questionId);
          return (
            <li key={questionId} data-state={state}>
              <p className="asking-text">{text}</p>
              <p className="asking-by">
                {ownIds.has(questionId)
                  ? t('asking:mine')
                  : by
                    ? `${by.name} · ${by.facilityName}`
                    : t('asking:unnamed')}
                {state !== 'asked' && ` · ${t(`asking:state.${state}`)}`}
              </p>
              <button
                type="button"
                className="button"
                aria-pressed={voted}
                aria-label={t('asking:vote', { count: voteCount, text })}
                disabled={!actions.includes('ask') || state === 'hidden'}
                onClick={() => vote(questionId, !voted)}
              >
                <span aria-hidden="true">▲</span> <span className="numbers">{voteCount}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function QuestionForm({ demonstrationId, asking }: Omit<AskingProps, 'view'>) {
  const t = useTexts();
  const [text, setText] = useState('');
  const [isAnonymous, setAnonymous] = useState(false);
  // Sent again after a lost answer it is the same question.
  const [questionId, setQuestionId] = useState(randomId);
  const [isBusy, setBusy] = useState(false);
  async function send() {
    setBusy(true);
    const body = { questionId, text, isAnonymous };
    if (await asking.own(() => call('question:ask', { params: { demonstrationId }, body }))) {
      setText('');
      setQuestionId(randomId());
    }
    setBusy(false);
  }
  return (
    <form
      className="asking-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        rows={2}
        maxLength={MAX_LENGTH}
        aria-label={t('asking:ask.field')}
        placeholder={t('asking:ask.placeholder')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="asking-row">
        <label>
          <input type="checkbox" checked={isAnonymous} onChange={(event) => setAnonymous(event.target.checked)} />{' '}
          {t('asking:ask.anonymous')}
        </label>
        <button type="submit" className="button button-primary" disabled={isBusy || text.trim() === ''}>
          {t('asking:ask.send')}
        </button>
      </div>
    </form>
  );
}
