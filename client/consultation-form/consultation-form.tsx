import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { ConsultationDraft, ConsultationView } from '../../server/contract/consultation.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import type { Autosave } from '../drafts/autosave.ts';
import { ConflictChoice } from '../drafts/conflict-choice.tsx';
import { SaveLine } from '../drafts/save-line.tsx';
import { useDraft, useOpenDraft, useTextSafe } from '../drafts/use-draft.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Page } from '../ui/page.tsx';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { MaterialUpload } from '../uploads/material-upload.tsx';
import { useCaseProgress } from '../uploads/open-center.ts';
import { applications, createApplicationDraft } from './application-draft.ts';
import { todayInChina } from './birth-date.ts';
import { ClinicalSection } from './clinical-section.tsx';
import { ConsentSection } from './consent-section.tsx';
import { DestinationSection } from './destination-section.tsx';
import { draftOf, type FieldPath, fieldOf, type Section } from './draft.ts';
import { type Form, FormContext } from './form-context.ts';
import { GapSummary } from './gap-summary.tsx';
import { findGaps } from './gaps.ts';
import { PatientSection } from './patient-section.tsx';
import { readField } from './read-field.ts';
import { SubmitArea } from './submit-area.tsx';
import '../ui/form-parts.css';
import './consultation-form.css';

/** The application of one case, for whoever may `edit` it. */
export function ConsultationForm({ view }: { view: ConsultationView }) {
  const client = useQueryClient();
  const safe = useTextSafe();
  const autosave = useOpenDraft(applications, view.consultationId, () => createApplicationDraft(client, safe, view));
  useEffect(() => autosave?.meet(draftOf(view)), [autosave, view]);
  if (!autosave) return <PageSkeleton />;
  return <OpenForm view={view} autosave={autosave} />;
}

function OpenForm({ view, autosave }: { view: ConsultationView; autosave: Autosave<ConsultationDraft> }) {
  const t = useTexts();
  const snapshot = useDraft(autosave);
  const uploads = useCaseProgress(view.consultationId);
  const partners = useQuery({ queryKey: ['partners'], queryFn: ({ signal }) => call('partners:list', { signal }) });
  const isConsented = view.consentedScopes.includes('consult');
  const form = useFormState(snapshot.value, autosave, { partners: partners.data, isConsented });
  const isSupplement = view.awaiting === 'completion';
  const list = partners.data;

  return (
    <FormContext value={form}>
      <Page
        title={t(isSupplement ? 'newCase:titleSupplement' : 'newCase:titleEdit')}
        intro={
          <>
            <span className="numbers">{view.caseNumber}</span> · {t('newCase:intro')}
          </>
        }
      >
        {isSupplement && view.reason && (
          <p className="form-asked">
            <strong>{t('newCase:supplementAsked')}</strong> {view.reason}
          </p>
        )}
        <div className="form-columns">
          <form className="form-main" noValidate onSubmit={(event) => event.preventDefault()}>
            <ConflictChoice
              draft={snapshot}
              autosave={autosave}
              field={fieldOf}
              label={(field) => t(`newCase:fields.${fieldOf(field)}`)}
              read={(value, field) => readField(t, value, fieldOf(field), list)}
            />
            <FormSection section="patient">
              <PatientSection />
            </FormSection>
            <FormSection section="clinical">
              <ClinicalSection />
            </FormSection>
            <FormSection section="materials">
              <p className="form-hint">{t('newCase:materials.optional')}</p>
              <MaterialUpload
                consultationId={view.consultationId}
                patient={snapshot.value.patient}
                materials={view.materials}
              />
            </FormSection>
            <FormSection section="destination">
              <DestinationSection
                partners={{
                  list,
                  failure: partners.error ? toFailure(partners.error) : undefined,
                  retry: () => void partners.refetch(),
                }}
              />
            </FormSection>
            <FormSection section="consent">
              <ConsentSection view={view} />
            </FormSection>
            <SubmitArea view={view} autosave={autosave} onAttempt={form.attempt} />
          </form>
          <aside className="form-side">
            <GapSummary materialCount={view.materials.length} uploads={uploads} />
            <SaveLine draft={snapshot} autosave={autosave} />
          </aside>
        </div>
      </Page>
    </FormContext>
  );
}

function useFormState(
  draft: ConsultationDraft,
  autosave: Autosave<ConsultationDraft>,
  {
    partners,
    isConsented,
  }: { partners: { facilityId: string; specialties: string[] }[] | undefined; isConsented: boolean },
): Form & { attempt: () => void } {
  const [attempted, setAttempted] = useState(false);
  const [touched, setTouched] = useState<ReadonlySet<FieldPath>>(new Set());
  const specialties = partners?.find(({ facilityId }) => facilityId === draft.invitedFacilityId)?.specialties;
  const gaps = useMemo(
    () => findGaps(draft, { today: todayInChina(), specialties, isConsented }),
    [draft, specialties, isConsented],
  );
  return {
    draft,
    // What an earlier event of the same moment changed is not rendered yet: the autosave's own value is the newest.
    change: (part) => autosave.change({ ...autosave.snapshot.value, ...part }),
    gaps,
    attempted,
    touched,
    touch: (field) => setTouched((before) => new Set(before).add(field)),
    attempt: () => setAttempted(true),
  };
}

function FormSection({ section, children }: { section: Section; children: ReactNode }) {
  const t = useTexts();
  return (
    <section className="panel form-section" id={`section-${section}`} aria-labelledby={`title-${section}`}>
      <h2 id={`title-${section}`}>{t(`newCase:sections.${section}`)}</h2>
      {children}
    </section>
  );
}
