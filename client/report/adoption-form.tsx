import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import type { Failure } from '../../server/contract/failure.ts';
import { AdoptionDecision, type Recommendation, type ReportView } from '../../server/contract/report.ts';
import { consultationQuery } from '../api/consultations.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { reportQuery } from '../api/report.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Choices } from '../ui/choices.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { type Answer, adoptionsOf, NO_ANSWER, problemOfAnswer } from './adoption-answers.ts';

/** The requester's answer to each recommendation, and the confirmation of having read the report. */
export function AdoptionForm({ report }: { report: ReportView }) {
  const t = useTexts();
  const client = useQueryClient();
  const { message } = App.useApp();
  const { consultationId, recommendations } = report.content;
  const [answers, setAnswers] = useState<ReadonlyMap<string, Answer>>(new Map());
  const [attempted, setAttempted] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const open = recommendations.filter(
    ({ recommendationId }) => problemOfAnswer(answers.get(recommendationId) ?? NO_ANSWER) !== undefined,
  );

  async function submit(): Promise<void> {
    setAttempted(true);
    setFailure(undefined);
    const [first] = open;
    if (first) return document.getElementById(`answer-${first.recommendationId}`)?.focus();
    setBusy(true);
    try {
      const body = { version: report.content.version, adoptions: adoptionsOf(recommendations, answers) };
      const acknowledged = await call('report:acknowledge', { params: { consultationId }, body });
      client.setQueryData(reportQuery(consultationId).queryKey, acknowledged);
      void client.invalidateQueries({ queryKey: consultationQuery(consultationId).queryKey });
      message.success(t('report:adoption.done'));
    } catch (thrown) {
      setFailure(toFailure(thrown));
      // Another version may be valid by now: it is shown, to be read and answered.
      void client.invalidateQueries({ queryKey: reportQuery(consultationId).queryKey });
    } finally {
      setBusy(false);
    }
  }

  return (
    <section className="panel adoption-form no-print" aria-labelledby="adoption-title" data-testid="adoption-form">
      <h2 id="adoption-title">{t('report:adoption.title')}</h2>
      <p>{t(recommendations.length === 0 ? 'report:adoption.none' : 'report:adoption.lead')}</p>
      <ol>
        {recommendations.map((recommendation, index) => (
          <OneAnswer
            key={recommendation.recommendationId}
            recommendation={recommendation}
            number={index + 1}
            answer={answers.get(recommendation.recommendationId) ?? NO_ANSWER}
            attempted={attempted}
            onChange={(answer) => setAnswers((before) => new Map(before).set(recommendation.recommendationId, answer))}
          />
        ))}
      </ol>
      {attempted && open.length > 0 && (
        <p className="field-error" role="alert">
          {t('report:adoption.incomplete', { count: open.length })}
        </p>
      )}
      {failure && <FailureNotice failure={failure} />}
      <button
        type="button"
        className="button button-primary"
        disabled={busy}
        data-testid="acknowledge"
        onClick={() => void submit()}
      >
        {t(busy ? 'report:adoption.confirming' : 'report:adoption.confirm')}
      </button>
    </section>
  );
}

function OneAnswer({
  recommendation,
  number,
  answer,
  attempted,
  onChange,
}: {
  recommendation: Recommendation;
  number: number;
  answer: Answer;
  attempted: boolean;
  onChange: (answer: Answer) => void;
}) {
  const t = useTexts();
  const { recommendationId, text } = recommendation;
  const problem = attempted ? problemOfAnswer(answer) : undefined;
  return (
    <li>
      <fieldset
        className="adoption-answer"
        id={`answer-${recommendationId}`}
        tabIndex={-1}
        data-testid="adoption-answer"
      >
        <legend>
          {number}. {text}
        </legend>
        <Choices
          name={`decision-${recommendationId}`}
          choices={AdoptionDecision.options.map((value) => ({ value, label: t(`report:adoption.decisions.${value}`) }))}
          value={answer.decision}
          onChoose={(decision) => onChange({ ...answer, decision })}
        />
        {problem === 'decision' && <p className="field-error">{t('report:adoption.decisionMissing')}</p>}
        {answer.decision !== null && answer.decision !== 'adopted' && (
          <label className="adoption-reason">
            <span className="field-label">{t('report:adoption.reason')}</span>
            <textarea
              className="field-input adoption-text"
              rows={2}
              maxLength={1000}
              aria-label={t('report:adoption.reasonOf', { number })}
              aria-invalid={problem === 'reason'}
              value={answer.reason}
              onChange={(event) => onChange({ ...answer, reason: event.currentTarget.value })}
            />
          </label>
        )}
        {problem === 'reason' && <p className="field-error">{t('report:adoption.reasonMissing')}</p>}
      </fieldset>
    </li>
  );
}
