import { useState } from 'react';
import type { Failure } from '../../server/contract/failure.ts';
import type { ReplayView } from '../../server/contract/recording.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Moment } from './replay-moments.tsx';
import type { ReplayPlayer } from './replay-player.ts';
import { draftOf, type ReviewActs } from './review-pane.tsx';

/** What was asked, each where it was answered; whoever looks the replay through leaves out what is not for everybody. */
export function ReplayQuestions({
  view,
  player,
  acts,
  onScreenId,
}: {
  view: ReplayView;
  player: ReplayPlayer;
  acts: ReviewActs;
  /** What stood before everybody when it is now. */
  onScreenId: string | null;
}) {
  const t = useTexts();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const { leftOutQuestions, mayEdit } = view;
  const { questions } = view.timeline;
  if (questions.length === 0) return null;
  const leaveOut = async (questionId: string, isOut: boolean) => {
    setBusy(true);
    const others = leftOutQuestions.filter((one) => one !== questionId);
    setFailure(await acts.save({ ...draftOf(view), leftOutQuestions: isOut ? [...others, questionId] : others }));
    setBusy(false);
  };
  return (
    <section className="panel" aria-label={t('replay:questions.title')} data-testid="replay-questions">
      <h2>{t('replay:questions.title')}</h2>
      <ol className="replay-chapters">
        {questions.map(({ questionId, at, text, by, isAnswered }) => {
          const isOut = leftOutQuestions.includes(questionId);
          const marks = [
            by ? `${by.name} · ${by.facilityName}` : t('asking:unnamed'),
            t(isAnswered ? 'asking:state.answered' : 'asking:state.asked'),
            ...(isOut ? [t('replay:questions.isLeftOut')] : []),
          ];
          return (
            <Moment
              key={questionId}
              view={view}
              player={player}
              at={at}
              isNow={questionId === onScreenId}
              beside={
                mayEdit && (
                  <button
                    type="button"
                    className="button"
                    disabled={isBusy}
                    onClick={() => void leaveOut(questionId, !isOut)}
                  >
                    {t(isOut ? 'replay:questions.takeIn' : 'replay:questions.leaveOut')}
                  </button>
                )
              }
            >
              {text}
              <span className="replay-note">{marks.join(' · ')}</span>
            </Moment>
          );
        })}
      </ol>
      {failure && <FailureNotice failure={failure} />}
    </section>
  );
}

/** The question that stood before everybody, as it did then. */
export function OnScreenQuestion({ view, questionId }: { view: ReplayView; questionId: string | null }) {
  const t = useTexts();
  const question = view.timeline.questions.find((one) => one.questionId === questionId);
  if (!question) return null;
  return (
    <p className="replay-on-screen" role="status">
      <strong>{t('asking:onScreen')}</strong> {question.text}
    </p>
  );
}
