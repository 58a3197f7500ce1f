import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import type { AudienceEntry } from '../../server/contract/demonstration.ts';
import { Field } from '../facilities/field.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { choicesQuery, useLater, useNoChoice } from './choices.ts';
import type { PlanFormProps } from './plan-props.ts';
import type { NamedEntry } from './read-field.ts';
import { Chips } from './seats-form.tsx';

/** Who may enrol: facilities with those below them, alliances, people. */
export function AudienceForm({
  draft,
  isOpen,
  onChange,
  known,
  onPick,
}: PlanFormProps & { known: readonly NamedEntry[]; onPick: (entry: NamedEntry) => void }) {
  const t = useTexts();
  const [typed, setTyped] = useState('');
  const disabled = !isOpen('audience');
  const found = useQuery({ ...choicesQuery(useLater(typed)), enabled: !disabled });
  const noChoice = useNoChoice(found);
  const offered: NamedEntry[] = [
    ...(found.data?.facilities ?? []).map(({ facilityId, name }) => ({
      kind: 'facility' as const,
      id: facilityId,
      name,
    })),
    ...(found.data?.alliances ?? []).map(({ allianceId, name }) => ({
      kind: 'alliance' as const,
      id: allianceId,
      name,
    })),
    ...(found.data?.people ?? []).map(({ accountId, name, facilityName }) => ({
      kind: 'person' as const,
      id: accountId,
      name: `${name} · ${facilityName}`,
    })),
  ];
  const isSame = (one: AudienceEntry) => (other: AudienceEntry) => other.kind === one.kind && other.id === one.id;
  const left = offered.filter((one) => !draft.audience.some(isSame(one)));
  return (
    <section className="record-block" aria-labelledby="demonstration-audience">
      <h2 id="demonstration-audience">{t('demonstrations:field.audience')}</h2>
      <p className="record-hint">{t('demonstrations:hint.audience')}</p>
      <Chips
        items={draft.audience.map((entry) => ({
          key: `${entry.kind} ${entry.id}`,
          text: `${t(`demonstrations:audienceKind.${entry.kind}`)} · ${known.find(isSame(entry))?.name ?? ''}`,
          remove: () => onChange({ audience: draft.audience.filter((one) => one !== entry) }),
        }))}
        disabled={disabled}
      />
      {!disabled && (
        <div className="demonstration-wide">
          <Field label={t('demonstrations:pick.addAudience')}>
            {(control) => (
              <Select
                {...control}
                className="record-picker"
                showSearch={{ filterOption: false, onSearch: setTyped }}
                value={null}
                placeholder={t('demonstrations:pick.audience')}
                notFoundContent={noChoice}
                options={left.map((one) => ({
                  value: `${one.kind} ${one.id}`,
                  label: `${t(`demonstrations:audienceKind.${one.kind}`)} · ${one.name}`,
                }))}
                onChange={(key: string | null) => {
                  const chosen = left.find((one) => `${one.kind} ${one.id}` === key);
                  if (!chosen) return;
                  onPick(chosen);
                  onChange({ audience: [...draft.audience, { kind: chosen.kind, id: chosen.id }] });
                }}
              />
            )}
          </Field>
        </div>
      )}
    </section>
  );
}
