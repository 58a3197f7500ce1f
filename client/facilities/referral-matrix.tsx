import { Checkbox } from 'antd';
import { useState } from 'react';
import { ReferralKind } from '../../server/contract/alliance.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { AllianceFormProps } from './form-props.ts';

/** Who may refer to whom, and what for: rows refer, columns receive. A cell opens the kinds beneath the table. */
export function ReferralMatrix({ draft, disabled, named, hubId, onChange }: AllianceFormProps) {
  const t = useTexts();
  const formats = useFormats();
  const [cell, setCell] = useState<{ fromId: string; toId: string }>();
  const ids = [hubId, ...draft.members.map(({ facilityId }) => facilityId)];
  const nameOf = (id: string) => named.get(id)?.name ?? id;
  const kindsOf = (fromId: string, toId: string): ReferralKind[] =>
    draft.referrals.find((rule) => rule.fromId === fromId && rule.toId === toId)?.kinds ?? [];
  const setKinds = (fromId: string, toId: string, kinds: ReferralKind[]) => {
    const others = draft.referrals.filter((rule) => rule.fromId !== fromId || rule.toId !== toId);
    onChange({ referrals: kinds.length === 0 ? others : [...others, { fromId, toId, kinds }] });
  };
  const words = (kinds: ReferralKind[]) =>
    formats.list(
      ReferralKind.options
        .filter((kind) => kinds.includes(kind))
        .map((kind) => t(`administration:alliance.referralKinds.${kind}`)),
    );
  return (
    <>
      <p className="record-hint">{t('administration:alliance.referralText')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the page is moved by keys too (axe: scrollable-region-focusable) */}
      <section className="referral-scroll" tabIndex={0} aria-label={t('administration:alliance.referrals')}>
        <table className="record-table referral-matrix">
          <thead>
            <tr>
              <td />
              {ids.map((id) => (
                <th key={id} scope="col">
                  {t('administration:alliance.to', { name: nameOf(id) })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ids.map((fromId) => (
              <tr key={fromId}>
                <th scope="row">{nameOf(fromId)}</th>
                {ids.map((toId) => {
                  const text = words(kindsOf(fromId, toId)) || t('administration:alliance.noReferral');
                  const isChosen = cell?.fromId === fromId && cell.toId === toId;
                  const label = t('administration:alliance.fromTo', { from: nameOf(fromId), to: nameOf(toId) });
                  return (
                    <td key={toId}>
                      {fromId === toId ? (
                        '—'
                      ) : (
                        <button
                          type="button"
                          className="referral-cell"
                          aria-pressed={isChosen}
                          aria-label={t('labelled', { label: text, value: label })}
                          onClick={() => setCell({ fromId, toId })}
                        >
                          {text}
                        </button>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {cell && (
        <fieldset className="record-field referral-kinds">
          <legend className="field-label">
            {t('administration:alliance.fromTo', { from: nameOf(cell.fromId), to: nameOf(cell.toId) })}
          </legend>
          <Checkbox.Group
            disabled={disabled}
            value={kindsOf(cell.fromId, cell.toId)}
            options={ReferralKind.options.map((value) => ({
              value,
              label: t(`administration:alliance.referralKinds.${value}`),
            }))}
            onChange={(kinds) => setKinds(cell.fromId, cell.toId, kinds)}
          />
        </fieldset>
      )}
    </>
  );
}
