import { useQueryClient } from '@tanstack/react-query';
import { Tabs } from 'antd';
import { useEffect, useState } from 'react';
import type { DemonstrationDraft, DemonstrationField, DemonstrationView } from '../../server/contract/demonstration.ts';
import { call } from '../api/http.ts';
import type { Autosave } from '../drafts/autosave.ts';
import { ConflictChoice } from '../drafts/conflict-choice.tsx';
import { createOpenDrafts } from '../drafts/open-drafts.ts';
import { SaveLine } from '../drafts/save-line.tsx';
import type { Saved } from '../drafts/save-state.ts';
import { useDraft, useOpenDraft } from '../drafts/use-draft.ts';
import { createRecordDraft } from '../facilities/record-draft.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { DemonstrationActs } from './acts.tsx';
import { AttendanceTable } from './attendance-table.tsx';
import { AudienceForm } from './audience-form.tsx';
import { MaterialsForm } from './materials-form.tsx';
import { PlanStanding } from './plan-standing.tsx';
import { keepDemonstration } from './queries.ts';
import { type NamedEntry, useReadField } from './read-field.ts';
import { SeatsForm } from './seats-form.tsx';
import { TextForm } from './text-form.tsx';
import { usePerform } from './use-perform.ts';

type Planned = DemonstrationView & { plan: NonNullable<DemonstrationView['plan']> };

const drafts = createOpenDrafts<DemonstrationDraft>();

const savedOf = ({ plan }: Planned): Saved<DemonstrationDraft> => ({
  value: plan.draft,
  version: plan.version,
  savedAt: plan.changedAt,
});

/** The plan as those see it who organize it or have a seat in it, and may change it as far as the server says. */
export function PlanPane({ view }: { view: Planned }) {
  const client = useQueryClient();
  const { demonstrationId } = view;
  const params = { demonstrationId };
  const keep = (saved: DemonstrationView) => {
    keepDemonstration(client, saved);
    // Whoever lost their seat meanwhile types no further.
    return savedOf(saved.plan ? { ...saved, plan: saved.plan } : view);
  };
  const autosave = useOpenDraft(drafts, demonstrationId, () =>
    createRecordDraft({
      initial: savedOf(view),
      problems: () => [],
      save: async (value, version) => keep(await call('demonstration:save', { params, body: { ...value, version } })),
      read: async () => keep(await call('demonstration:read', { params })),
    }),
  );
  useEffect(() => autosave?.meet(savedOf(view)), [autosave, view]);
  return autosave ? <Open view={view} autosave={autosave} /> : null;
}

function Open({ view, autosave }: { view: Planned; autosave: Autosave<DemonstrationDraft> }) {
  const t = useTexts();
  const snapshot = useDraft(autosave);
  const perform = usePerform(view.demonstrationId, autosave);
  const { plan, actions } = view;
  const isOpen = (field: DemonstrationField) => plan.editable.includes(field);
  const change = (part: Partial<DemonstrationDraft>) => autosave.change({ ...autosave.snapshot.value, ...part });
  const refused = (snapshot.state.kind === 'refused' && snapshot.state.failure.fields) || [];
  const form = { view, draft: snapshot.value, isOpen, refused, onChange: change };
  /** Whoever was invited or picked while the page is open: what somebody else took out meanwhile still has its name here. */
  const [met, setMet] = useState<readonly NamedEntry[]>([]);
  const { audience: invited } = plan;
  useEffect(() => setMet((before) => [...before, ...invited]), [invited]);
  const audience = [...invited, ...met];
  const read = useReadField(view, audience);
  const planTab = (
    <>
      <ConflictChoice
        area="administration"
        draft={snapshot}
        autosave={autosave}
        field={(path) => path.split('.')[0] ?? path}
        label={(field) => t(`demonstrations:field.${field as DemonstrationField}`)}
        read={(value, field) => read(value, field as DemonstrationField)}
      />
      <TextForm {...form} />
      <SeatsForm {...form} />
      <AudienceForm {...form} known={audience} onPick={(entry) => setMet((before) => [...before, entry])} />
      <MaterialsForm {...form} perform={perform} />
    </>
  );
  return (
    <>
      <DemonstrationActs view={view} perform={perform} />
      <div className="demonstration-columns">
        <section className="panel">
          <Tabs
            items={[
              { key: 'plan', label: t('demonstrations:tabs.plan'), children: planTab },
              ...(actions.includes('read-attendance')
                ? [
                    {
                      key: 'people',
                      label: `${t('demonstrations:tabs.people')} (${plan.enrolledCount})`,
                      children: <AttendanceTable view={view} />,
                    },
                  ]
                : []),
            ]}
            destroyOnHidden
          />
          {plan.editable.length > 0 && (
            <SaveLine draft={snapshot} autosave={autosave} conflictText={t('administration:conflict.save')} />
          )}
        </section>
        <PlanStanding plan={plan} />
      </div>
    </>
  );
}
