import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Tabs } from 'antd';
import { useEffect } from 'react';
import type { FacilityDetail, FacilityDraft } from '../../server/contract/facility.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import type { Autosave } from '../drafts/autosave.ts';
import { ConflictChoice } from '../drafts/conflict-choice.tsx';
import { createOpenDrafts } from '../drafts/open-drafts.ts';
import { SaveLine } from '../drafts/save-line.tsx';
import type { Saved } from '../drafts/save-state.ts';
import { useDraft, useOpenDraft } from '../drafts/use-draft.ts';
import { History } from '../history/history.tsx';
import { type Formats, useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { DepartmentsForm } from './departments-form.tsx';
import { FacilityActs } from './facility-acts.tsx';
import { FacilityForm } from './facility-form.tsx';
import { facilityProblems } from './facility-problems.ts';
import { facilityQuery, keepFacility } from './queries.ts';
import { createRecordDraft } from './record-draft.ts';

const drafts = createOpenDrafts<FacilityDraft>();

const savedOf = ({ draft, version, changedAt }: FacilityDetail): Saved<FacilityDraft> => ({
  value: draft,
  version,
  savedAt: changedAt,
});

/** One facility: its data, its departments, and who changed them. */
export function FacilityPane({ facilityId }: { facilityId: string }) {
  const facility = useQuery(facilityQuery(facilityId));
  if (facility.isPending)
    return (
      <div className="panel">
        <Skeleton lines={8} lineHeightPx={32} />
      </div>
    );
  if (!facility.data)
    return <FailureNotice failure={toFailure(facility.error)} onRetry={() => void facility.refetch()} />;
  return <Loaded detail={facility.data} />;
}

function Loaded({ detail }: { detail: FacilityDetail }) {
  const client = useQueryClient();
  const { facilityId } = detail;
  const params = { facilityId };
  const keep = (saved: FacilityDetail) => {
    keepFacility(client, saved);
    return savedOf(saved);
  };
  const autosave = useOpenDraft(drafts, facilityId, () =>
    createRecordDraft({
      initial: savedOf(detail),
      problems: facilityProblems,
      save: async (value, version) => keep(await call('facility:save', { params, body: { ...value, version } })),
      read: async () => keep(await call('facility:read', { params })),
    }),
  );
  useEffect(() => autosave?.meet(savedOf(detail)), [autosave, detail]);
  return autosave ? <Open detail={detail} autosave={autosave} /> : null;
}

function Open({ detail, autosave }: { detail: FacilityDetail; autosave: Autosave<FacilityDraft> }) {
  const t = useTexts();
  const formats = useFormats();
  const snapshot = useDraft(autosave);
  const disabled = !detail.actions.includes('edit');
  const change = (part: Partial<FacilityDraft>) => autosave.change({ ...autosave.snapshot.value, ...part });
  const form = { draft: snapshot.value, disabled, onChange: change };
  const { status, statusReason: reason, mergedInto } = detail;
  return (
    <section className="panel facility-pane" aria-labelledby="facility-name">
      <header className="record-head">
        <div>
          <h2 id="facility-name">{detail.draft.name}</h2>
          <p className="record-hint">
            {t('labelled', {
              label: t('administration:facility.parent'),
              value: detail.parent?.name ?? t('administration:facility.noParent'),
            })}
          </p>
        </div>
        <FacilityActs detail={detail} autosave={autosave} />
      </header>
      {status === 'closed' && <p className="record-note">{t('administration:facility.closedBecause', { reason })}</p>}
      {status === 'merged' && (
        <p className="record-note">
          {t('administration:facility.mergedInto', { name: mergedInto?.name ?? '', reason })}
        </p>
      )}
      <ConflictChoice
        area="administration"
        draft={snapshot}
        autosave={autosave}
        field={(path) => path.split('.')[0] ?? path}
        label={(field) => t(`administration:facility.${field as keyof FacilityDraft}`)}
        read={(value, field) => readField(t, formats, value, field as keyof FacilityDraft)}
      />
      <Tabs
        items={[
          { key: 'data', label: t('administration:tabs.data'), children: <FacilityForm {...form} /> },
          { key: 'departments', label: t('administration:tabs.departments'), children: <DepartmentsForm {...form} /> },
          {
            key: 'history',
            label: t('administration:tabs.history'),
            children: (
              <History
                subjectId={detail.facilityId}
                area="facility"
                read={(query, signal) =>
                  call('facility:history', { params: { facilityId: detail.facilityId }, query, signal })
                }
              />
            ),
          },
        ]}
        destroyOnHidden
      />
      {disabled ? (
        <p className="record-hint">{t('administration:readOnly')}</p>
      ) : (
        <SaveLine draft={snapshot} autosave={autosave} conflictText={t('administration:conflict.save')} />
      )}
    </section>
  );
}

/** A field as the form shows it. */
function readField(
  t: ReturnType<typeof useTexts>,
  formats: Formats,
  draft: FacilityDraft,
  field: keyof FacilityDraft,
): string {
  switch (field) {
    case 'tier':
      return t(`terms:tier.${draft.tier}`);
    case 'grade':
      return t(`administration:facility.grades.${draft.grade ?? 'none'}`);
    case 'departments':
      return formats.list(draft.departments.map(({ name }) => name));
    default:
      return String(draft[field] ?? '');
  }
}
