import { useId, useState } from 'react';
import type { ConsultationView } from '../../server/contract/consultation.ts';
import type { OpinionDraft, ReportView } from '../../server/contract/report.ts';
import { useSession } from '../api/session.tsx';
import { DiagnosisPicker } from '../consultation-form/diagnosis-picker.tsx';
import type { Autosave } from '../drafts/autosave.ts';
import { ConflictChoice } from '../drafts/conflict-choice.tsx';
import { SaveLine } from '../drafts/save-line.tsx';
import { useDraft } from '../drafts/use-draft.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { AmendmentNotice } from './amendment-notice.tsx';
import { HandOverNotice } from './hand-over-notice.tsx';
import { KeyImageList } from './key-image-list.tsx';
import { missingFields, type OpinionField } from './opinion-problems.ts';
import { readOpinionField } from './read-opinion-field.ts';
import { RecommendationList } from './recommendation-list.tsx';
import { SignDialog } from './sign-dialog.tsx';

/** The opinion while it is written, wide on its page and narrow beside the images. */
export function OpinionEditor({
  consultation,
  autosave,
  onSigned,
}: {
  consultation: ConsultationView;
  autosave: Autosave<OpinionDraft>;
  onSigned: (report: ReportView) => void;
}) {
  const t = useTexts();
  const id = useId();
  const draft = useDraft(autosave);
  const [attempted, setAttempted] = useState(false);
  const [signing, setSigning] = useState(false);
  const { value } = draft;
  const { licence } = useSession();
  const isUnlicensed = licence?.state === 'expired';
  const missing = missingFields(value);
  const change = (part: Partial<OpinionDraft>) => autosave.change({ ...autosave.snapshot.value, ...part });
  const problem = (field: 'findings' | 'diagnosis') => attempted && missing.includes(field);

  function check(): void {
    setAttempted(true);
    const [first] = missing;
    if (first) document.getElementById(`${id}-${first}`)?.focus();
    else setSigning(true);
  }

  return (
    <div className="opinion" data-testid="opinion">
      <AmendmentNotice consultation={consultation} />
      <HandOverNotice consultation={consultation} />
      <ConflictChoice
        draft={draft}
        autosave={autosave}
        field={(path) => path}
        label={(field) => t(`opinion:fields.${field as OpinionField}`)}
        read={(opinion, field) => readOpinionField(opinion, field as OpinionField)}
      />
      <AnswerFields id={id} value={value} problem={problem} change={change} />
      <section aria-labelledby={`${id}-recommendations`}>
        <h2 id={`${id}-recommendations`}>{t('opinion:recommendations')}</h2>
        <p className="opinion-hint">{t('opinion:recommendationsHint')}</p>
        <RecommendationList value={value.recommendations} onChange={(recommendations) => change({ recommendations })} />
      </section>
      <section aria-labelledby={`${id}-images`}>
        <h2 id={`${id}-images`}>{t('opinion:keyImages')}</h2>
        <KeyImageList
          consultationId={consultation.consultationId}
          value={value.keyImages}
          onChange={(keyImages) => change({ keyImages })}
        />
      </section>
      <div className="opinion-foot">
        <SaveLine draft={draft} autosave={autosave} />
        {consultation.actions.includes('sign') ? (
          <button type="button" className="button button-primary" data-testid="opinion-sign" onClick={check}>
            {t('opinion:sign.button')}
          </button>
        ) : (
          <p className="opinion-hint">{t(isUnlicensed ? 'failures:reason.licence-expired' : 'opinion:sign.notYet')}</p>
        )}
      </div>
      {signing && (
        <SignDialog
          consultation={consultation}
          draft={draft}
          autosave={autosave}
          onSigned={onSigned}
          onClose={() => setSigning(false)}
        />
      )}
    </div>
  );
}

/** What must be there before it is signed. */
function AnswerFields({
  id,
  value,
  problem,
  change,
}: {
  id: string;
  value: OpinionDraft;
  problem: (field: 'findings' | 'diagnosis') => boolean;
  change: (part: Partial<OpinionDraft>) => void;
}) {
  const t = useTexts();
  return (
    <>
      <div>
        <label className="field-label" htmlFor={`${id}-findings`}>
          {t('opinion:findings')}
        </label>
        <p className="opinion-hint">{t('opinion:findingsHint')}</p>
        <textarea
          id={`${id}-findings`}
          className="field-input opinion-text opinion-findings"
          rows={8}
          maxLength={20000}
          aria-invalid={problem('findings')}
          value={value.findings}
          onChange={(event) => change({ findings: event.currentTarget.value })}
        />
        {problem('findings') && <p className="field-error">{t('opinion:problems.findings')}</p>}
      </div>
      <div>
        <label className="field-label" htmlFor={`${id}-diagnosis`}>
          {t('opinion:diagnosis')}
        </label>
        <DiagnosisPicker
          control={{
            id: `${id}-diagnosis`,
            'aria-invalid': problem('diagnosis'),
            'aria-describedby': undefined,
          }}
          value={value.diagnosis}
          onChange={(diagnosis) => change({ diagnosis })}
        />
        {problem('diagnosis') && <p className="field-error">{t('opinion:problems.diagnosis')}</p>}
      </div>
    </>
  );
}
