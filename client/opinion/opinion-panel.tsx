import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ConsultationView } from '../../server/contract/consultation.ts';
import type { OpinionDraftView, ReportView } from '../../server/contract/report.ts';
import { toFailure } from '../api/failures.ts';
import { useSession } from '../api/session.tsx';
import { useOpenDraft, useTextSafe } from '../drafts/use-draft.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { createOpinionDraft, opinionQuery, opinions, savedOpinion } from './opinion-draft.ts';
import { OpinionEditor } from './opinion-editor.tsx';
import './opinion.css';

export interface OpinionPanelProps {
  consultationId: string;
  consultation: ConsultationView;
  /** After signing. Without it the panel itself says that the report is issued and where it is. */
  onSigned?: ((report: ReportView) => void) | undefined;
}

/** The opinion of a case: to write for whoever may, and otherwise what there is to know about it. Takes the tone and width of its place. */
export function OpinionPanel({ consultationId, consultation, onSigned }: OpinionPanelProps) {
  const t = useTexts();
  const { actions, specialist, handOver } = consultation;
  const { person } = useSession();
  const mayWrite = actions.includes('write-opinion');
  const opinion = useQuery({ ...opinionQuery(consultationId), enabled: mayWrite });
  if (mayWrite) {
    if (opinion.data)
      return (
        <OpenOpinion
          key={consultationId}
          consultation={consultation}
          view={opinion.data}
          onSigned={onSigned ?? (() => {})}
        />
      );
    if (opinion.error)
      return <FailureNotice failure={toFailure(opinion.error)} onRetry={() => void opinion.refetch()} />;
    return <Skeleton lines={8} />;
  }
  if (consultation.issuedAt && actions.includes('read-report'))
    return (
      <div className="opinion-note">
        <h2>{t('opinion:signed.title')}</h2>
        <p>{t('opinion:signed.text')}</p>
        {/* In a tab of its own: in the room, following a link would end the call. */}
        <a className="button" href={`/consultations/${consultationId}/report`} target="_blank" rel="noreferrer">
          {t('opinion:signed.open')}
        </a>
      </div>
    );
  if (!specialist && handOver?.from.accountId === person.accountId)
    return (
      <p className="opinion-note">
        {t(handOver.cause === 'licence' ? 'opinion:handOver.ownLicence' : 'opinion:handOver.own')}
      </p>
    );
  return (
    <p className="opinion-note">
      {specialist ? t('opinion:waiting', { name: specialist.name }) : t('opinion:waitingNobody')}
    </p>
  );
}

function OpenOpinion({
  consultation,
  view,
  onSigned,
}: {
  consultation: ConsultationView;
  view: OpinionDraftView;
  onSigned: (report: ReportView) => void;
}) {
  const safe = useTextSafe();
  const autosave = useOpenDraft(opinions, consultation.consultationId, () =>
    createOpinionDraft(safe, consultation, view),
  );
  useEffect(() => autosave?.meet(savedOpinion(view)), [autosave, view]);
  if (!autosave) return <Skeleton lines={8} />;
  return <OpinionEditor consultation={consultation} autosave={autosave} onSigned={onSigned} />;
}
