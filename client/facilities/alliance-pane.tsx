import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Input, Tabs } from 'antd';
import { useEffect, useState } from 'react';
import { type AllianceDetail, type AllianceDraft, AllianceKind } from '../../server/contract/alliance.ts';
import type { FacilityView } from '../../server/contract/facility.ts';
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
import { Choice, Field } from './field.tsx';
import type { AllianceFormProps } from './form-props.ts';
import { MembersForm } from './members-form.tsx';
import { allianceQuery, keepAlliance } from './queries.ts';
import { createRecordDraft } from './record-draft.ts';
import { ReferralMatrix } from './referral-matrix.tsx';

const drafts = createOpenDrafts<AllianceDraft>();

const savedOf = ({ draft, version, changedAt }: AllianceDetail): Saved<AllianceDraft> => ({
  value: draft,
  version,
  savedAt: changedAt,
});

/** What the server would refuse. */
function allianceProblems({ name, fromDay, toDay, members }: AllianceDraft): string[] {
  const periods = [{ fromDay, toDay }, ...members];
  const isPeriod = periods.every((one) => one.fromDay !== '' && (one.toDay === null || one.toDay >= one.fromDay));
  return [...(name.trim() === '' ? ['name'] : []), ...(isPeriod ? [] : ['toDay'])];
}

/** One alliance: what it is, who belongs to it, who may refer to whom, and who changed it. */
export function AlliancePane({ allianceId }: { allianceId: string }) {
  const alliance = useQuery(allianceQuery(allianceId));
  if (alliance.isPending)
    return (
      <div className="panel">
        <Skeleton lines={8} lineHeightPx={32} />
      </div>
    );
  if (!alliance.data)
    return <FailureNotice failure={toFailure(alliance.error)} onRetry={() => void alliance.refetch()} />;
  return <Loaded detail={alliance.data} />;
}

function Loaded({ detail }: { detail: AllianceDetail }) {
  const client = useQueryClient();
  const { allianceId } = detail;
  const params = { allianceId };
  const keep = (saved: AllianceDetail) => {
    keepAlliance(client, saved);
    return savedOf(saved);
  };
  const autosave = useOpenDraft(drafts, allianceId, () =>
    createRecordDraft({
      initial: savedOf(detail),
      problems: allianceProblems,
      save: async (value, version) => keep(await call('alliance:save', { params, body: { ...value, version } })),
      read: async () => keep(await call('alliance:read', { params })),
    }),
  );
  useEffect(() => autosave?.meet(savedOf(detail)), [autosave, detail]);
  return autosave ? <Open detail={detail} autosave={autosave} /> : null;
}

function Open({ detail, autosave }: { detail: AllianceDetail; autosave: Autosave<AllianceDraft> }) {
  const t = useTexts();
  const formats = useFormats();
  const snapshot = useDraft(autosave);
  const [chosen, setChosen] = useState<FacilityView[]>([]);
  const { allianceId, hub } = detail;
  const disabled = !detail.actions.includes('edit');
  const named = new Map([...chosen, ...detail.facilities].map((one) => [one.facilityId, one]));
  const nameOf = (id: string) => named.get(id)?.name ?? id;
  const change = (part: Partial<AllianceDraft>) => autosave.change({ ...autosave.snapshot.value, ...part });
  const form = { draft: snapshot.value, disabled, named, hubId: hub.facilityId, onChange: change };
  return (
    <section className="panel facility-pane" aria-labelledby="alliance-name">
      <header className="record-head">
        <div>
          <h2 id="alliance-name">{detail.draft.name}</h2>
          <p className="record-hint">{t('labelled', { label: t('administration:alliance.hub'), value: hub.name })}</p>
        </div>
      </header>
      <ConflictChoice
        area="administration"
        draft={snapshot}
        autosave={autosave}
        field={(path) => path.split('.')[0] ?? path}
        label={(field) => t(`administration:alliance.${field as keyof AllianceDraft}`)}
        read={(value, field) => readField(t, formats, value, field as keyof AllianceDraft, nameOf)}
      />
      <Tabs
        items={[
          { key: 'data', label: t('administration:tabs.data'), children: <DataForm {...form} /> },
          {
            key: 'members',
            label: t('administration:tabs.members'),
            children: <MembersForm {...form} onChosen={(one) => setChosen((before) => [...before, one])} />,
          },
          { key: 'referrals', label: t('administration:tabs.referrals'), children: <ReferralMatrix {...form} /> },
          {
            key: 'history',
            label: t('administration:tabs.history'),
            children: (
              <History
                subjectId={allianceId}
                area="alliance"
                read={(query, signal) => call('alliance:history', { params: { allianceId }, query, signal })}
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

function DataForm({ draft, disabled, onChange }: AllianceFormProps) {
  const t = useTexts();
  return (
    <div className="record-grid">
      <Field
        label={t('administration:alliance.name')}
        wide
        problem={draft.name.trim() === '' ? t('required') : undefined}
      >
        {(control) => (
          <Input
            {...control}
            maxLength={128}
            value={draft.name}
            disabled={disabled}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('administration:alliance.kind')} wide>
        {(control) => (
          <Choice
            control={control}
            value={draft.kind}
            disabled={disabled}
            options={AllianceKind.options.map((value) => ({
              value,
              label: t(`administration:alliance.kinds.${value}`),
            }))}
            onChange={(kind) => onChange({ kind })}
          />
        )}
      </Field>
      {(['fromDay', 'toDay'] as const).map((day) => (
        <Field
          key={day}
          label={t(`administration:alliance.${day}`)}
          hint={day === 'toDay' && draft.toDay === null ? t('administration:alliance.openEnd') : undefined}
          problem={
            day === 'toDay' && draft.toDay !== null && draft.toDay < draft.fromDay
              ? t('administration:agreement.problems.period')
              : undefined
          }
        >
          {(control) => (
            <input
              {...control}
              type="date"
              className="record-select numbers"
              value={draft[day] ?? ''}
              disabled={disabled}
              onChange={(event) =>
                onChange(day === 'toDay' ? { toDay: event.target.value || null } : { fromDay: event.target.value })
              }
            />
          )}
        </Field>
      ))}
    </div>
  );
}

/** A field as the form shows it. */
function readField(
  t: ReturnType<typeof useTexts>,
  formats: Formats,
  draft: AllianceDraft,
  field: keyof AllianceDraft,
  nameOf: (facilityId: string) => string,
): string {
  switch (field) {
    case 'kind':
      return t(`administration:alliance.kinds.${draft.kind}`);
    case 'members':
      return formats.list(draft.members.map(({ facilityId }) => nameOf(facilityId)));
    case 'referrals':
      return formats.list(
        draft.referrals.map(({ fromId, toId, kinds }) => {
          const words = kinds.map((kind) => t(`administration:alliance.referralKinds.${kind}`)).join('/');
          return `${t('administration:alliance.fromTo', { from: nameOf(fromId), to: nameOf(toId) })} ${words}`;
        }),
      );
    default:
      return draft[field] ?? '';
  }
}
