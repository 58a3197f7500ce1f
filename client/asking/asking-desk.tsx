import { Segmented } from 'antd';
import { CHAT_PACES_S, type QuestionState, type RaisedHand } from '../../server/contract/asking.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { QuestionOnScreen } from './asking-panel.tsx';
import { PollPane } from './hand-and-poll.tsx';
import { LiveChat } from './live-chat.tsx';
import { PollForm } from './poll-form.tsx';
import type { AskingProps } from './questions.tsx';
import { useAsking } from './use-asking.ts';
import './asking.css';

/** Of moderator and deputy: hands in their order, questions, polls, and how fast people write. */
export function AskingDeskPanel({ demonstrationId }: { demonstrationId: string }) {
  const t = useTexts();
  const asking = useAsking(demonstrationId);
  const { view } = asking;
  if (!view) return asking.error ? <FailureNotice failure={toFailure(asking.error)} onRetry={asking.again} /> : null;
  const props: AskingProps = { demonstrationId, asking, view };
  const params = { demonstrationId };
  return (
    <div className="asking" data-testid="asking-desk">
      <QuestionOnScreen view={view} />
      {view.desk && <Hands {...props} hands={view.desk.hands} />}
      {view.desk && <DeskQuestions {...props} />}
      <PollPane {...props} />
      {view.actions.includes('moderate') && <PollForm {...props} />}
      <LiveChat {...props} />
      {view.actions.includes('moderate') && (
        <div className="asking-pace">
          <p className="asking-by" aria-hidden="true">
            {t('asking:chat.pace')}
          </p>
          <Segmented
            aria-label={t('asking:chat.pace')}
            value={view.paceS}
            options={CHAT_PACES_S.map((value) => ({ value, label: t('asking:chat.seconds', { value }) }))}
            onChange={(value) => {
              const paceS = CHAT_PACES_S.find((one) => one === value);
              if (paceS) void asking.desk(() => call('live-chat:slow', { params, body: { paceS } }));
            }}
          />
        </div>
      )}
    </div>
  );
}

function Hands({ demonstrationId, asking, hands }: AskingProps & { hands: readonly RaisedHand[] }) {
  const t = useTexts();
  const formats = useFormats();
  const act = (step: 'offer' | 'grant' | 'close', handId: string) =>
    void asking.desk(() => call(`hand:${step}`, { params: { demonstrationId, handId } }));
  return (
    <section className="asking-part" aria-labelledby="asking-hands">
      <h2 id="asking-hands">{t('asking:hands', { count: hands.length })}</h2>
      {hands.length === 0 && <p className="asking-none">{t('asking:noHands')}</p>}
      <ol className="asking-list" data-testid="asking-hands">
        {hands.map(({ handId, person, state, raisedAt, mayOffer, mayGrant }) => (
          <li key={handId} data-state={state}>
            <p className="asking-text">
              <b>{person.name}</b> {person.facilityName}
            </p>
            <p className="asking-by">
              {t(`asking:deskHand.${state}`)} · {formats.clock(raisedAt)}
            </p>
            <div className="asking-row">
              {mayOffer && (
                <button type="button" className="button" onClick={() => act('offer', handId)}>
                  {t('asking:hand.offer')}
                </button>
              )}
              {mayGrant && (
                <button type="button" className="button button-primary" onClick={() => act('grant', handId)}>
                  {t('asking:hand.grant')}
                </button>
              )}
              <button type="button" className="button" onClick={() => act('close', handId)}>
                {t(state === 'granted' ? 'asking:hand.end' : 'asking:hand.lower')}
              </button>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What leads to which state, from each. */
const MARKS: Record<QuestionState, readonly QuestionState[]> = {
  asked: ['answered', 'hidden'],
  answered: ['asked', 'hidden'],
  hidden: ['asked'],
};

function DeskQuestions({ demonstrationId, asking, view }: AskingProps) {
  const t = useTexts();
  const questions = view.desk?.questions ?? [];
  const params = (questionId: string) => ({ demonstrationId, questionId });
  const isShown = (questionId: string) => view.onScreen?.questionId === questionId;
  const show = (questionId: string) =>
    void asking.desk(() =>
      isShown(questionId)
        ? call('question:clear', { params: { demonstrationId } })
        : call('question:show', { params: params(questionId) }),
    );
  return (
    <section className="asking-part" aria-labelledby="asking-desk-questions">
      <h2 id="asking-desk-questions">{t('asking:questions')}</h2>
      {questions.length === 0 && <p className="asking-none">{t('asking:noQuestions')}</p>}
      <ol className="asking-list" data-testid="asking-desk-questions">
        {questions.map(({ questionId, text, author, by, state, voteCount }) => (
          <li key={questionId} data-state={state}>
            <p className="asking-text">{text}</p>
            <p className="asking-by">
              ▲ {voteCount} · {author.name} · {author.facilityName}
              {by === null && ` · ${t('asking:unnamed')}`}
              {state !== 'asked' && ` · ${t(`asking:state.${state}`)}`}
            </p>
            <div className="asking-row">
              {state === 'asked' && (
                <button
                  type="button"
                  className="button"
                  aria-pressed={isShown(questionId)}
                  onClick={() => show(questionId)}
                >
                  {t(isShown(questionId) ? 'asking:clear' : 'asking:show')}
                </button>
              )}
              {MARKS[state].map((to) => (
                <button
                  key={to}
                  type="button"
                  className="button"
                  onClick={() =>
                    void asking.desk(() => call('question:mark', { params: params(questionId), body: { state: to } }))
                  }
                >
                  {t(`asking:mark.${to}`)}
                </button>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
