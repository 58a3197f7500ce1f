import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Tabs } from 'antd';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { type AgreementDetail, type AgreementDraft, AgreementSide } from '../../server/contract/agreement.ts';
import { Urgency } from '../../server/contract/case-kinds.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { actOnSaved } from '../drafts/act-on-saved.ts';
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
import { AgreementActs, usePerform } from './agreement-acts.tsx';
import { AgreementForm, agreementProblems } from './agreement-form.tsx';
import { AgreementStateTag } from './agreement-state-tag.tsx';
import { yuanOf } from './price.tsx';
import { agreementQuery, keepAgreement } from './queries.ts';
import { createRecordDraft } from './record-draft.ts';
import { SignedCopy } from './signed-copy.tsx';

const drafts = createOpenDrafts<AgreementDraft>();

const savedOf = ({ draft, version, changedAt }: AgreementDetail): Saved<AgreementDraft> => ({
  value: draft,
  version,
  savedAt: changedAt,
});

/** One agreement: what was agreed, who has confirmed it, the paper, and who changed it. */
export function AgreementPane({ agreementId }: { agreementId: string }) {
  const agreement = useQuery(agreementQuery(agreementId));
  if (agreement.isPending)
    return (
      <div className="panel">
        <Skeleton lines={8} lineHeightPx={32} />
      </div>
    );
  if (!agreement.data)
    return <FailureNotice failure={toFailure(agreement.error)} onRetry={() => void agreement.refetch()} />;
  return <Loaded detail={agreement.data} />;
}

function Loaded({ detail }: { detail: AgreementDetail }) {
  const client = useQueryClient();
  const { agreementId } = detail;
  const params = { agreementId };
  const keep = (saved: AgreementDetail) => {
    keepAgreement(client, saved);
    return savedOf(saved);
  };
  const autosave = useOpenDraft(drafts, agreementId, () =>
    createRecordDraft({
      initial: savedOf(detail),
      problems: agreementProblems,
      save: async (value, version) => keep(await call('agreement:save', { params, body: { ...value, version } })),
      read: async () => keep(await call('agreement:read', { params })),
    }),
  );
  useEffect(() => autosave?.meet(savedOf(detail)), [autosave, detail]);
  return autosave ? <Open detail={detail} autosave={autosave} /> : null;
}

function Open({ detail, autosave }: { detail: AgreementDetail; autosave: Autosave<AgreementDraft> }) {
  const t = useTexts();
  const formats = useFormats();
  const client = useQueryClient();
  const snapshot = useDraft(autosave);
  const perform = usePerform(detail, autosave);
  const { agreementId, inviting, invited } = detail;
  const disabled = !detail.actions.includes('edit');
  const change = (part: Partial<AgreementDraft>) => autosave.change({ ...autosave.snapshot.value, ...part });
  const terms = (
    <>
      <ConflictChoice
        area="administration"
        draft={snapshot}
        autosave={autosave}
        field={(path) => path.split('.')[0] ?? path}
        label={(field) => t(`administration:agreement.${field as keyof AgreementDraft}`)}
        read={(value, field) => readField(t, formats, value, field as keyof AgreementDraft)}
      />
      <AgreementForm draft={snapshot.value} disabled={disabled} onChange={change} />
      <SignedCopy
        detail={detail}
        beforeSend={() => actOnSaved(autosave, async (version) => version)}
        onKept={(kept) => keepAgreement(client, kept)}
      />
      <Signatures detail={detail} perform={perform} />
    </>
  );
  return (
    <section className="panel facility-pane" aria-labelledby="agreement-name">
      <header className="record-head">
        <div>
          <h2 id="agreement-name">
            {t('administration:agreement.heading', { inviting: inviting.name, invited: invited.name })}{' '}
            <AgreementStateTag line={detail} />
          </h2>
          <Neighbours detail={detail} />
          {detail.endReason && (
            <p className="record-note">{t('administration:agreement.endReason', { reason: detail.endReason })}</p>
          )}
        </div>
        <AgreementActs detail={detail} perform={perform} />
      </header>
      <Tabs
        items={[
          { key: 'terms', label: t('administration:tabs.terms'), children: terms },
          {
            key: 'history',
            label: t('administration:tabs.history'),
            children: (
              <History
                subjectId={agreementId}
                area="agreement"
                read={(query, signal) => call('agreement:history', { params: { agreementId }, query, signal })}
              />
            ),
          },
        ]}
        destroyOnHidden
      />
      {!disabled && <SaveLine draft={snapshot} autosave={autosave} conflictText={t('administration:conflict.save')} />}
    </section>
  );
}

function Neighbours({ detail: { predecessorId, successorId } }: { detail: AgreementDetail }) {
  const t = useTexts();
  const link = (id: string | null, of: 'predecessor' | 'successor') =>
    id !== null && <Link to={`/administration/agreements/${id}`}>{t(`administration:agreement.${of}`)}</Link>;
  return (
    <p className="record-links">
      {link(predecessorId, 'predecessor')} {link(successorId, 'successor')}
    </p>
  );
}

function Signatures({ detail, perform }: { detail: AgreementDetail; perform: ReturnType<typeof usePerform> }) {
  const t = useTexts();
  const formats = useFormats();
  const params = { agreementId: detail.agreementId };
  const { signatures, signableSides } = detail;
  return (
    <section className="record-block" aria-labelledby="signatures">
      <h3 id="signatures">{t('administration:agreement.signatures')}</h3>
      {signableSides.length > 0 && <p className="record-hint">{t('administration:agreement.signText')}</p>}
      <ul className="record-signatures">
        {AgreementSide.options.map((side) => {
          const signature = signatures[side];
          return (
            <li key={side}>
              <b>{t(`administration:agreement.${side}`)}</b> {detail[side].name}{' '}
              {signature === null
                ? t('administration:agreement.notSigned')
                : signature.name === ''
                  ? t('administration:agreement.signedBefore')
                  : t('administration:agreement.signedBy', { name: signature.name, at: formats.moment(signature.at) })}
              {signableSides.includes(side) && (
                <button
                  type="button"
                  className="button"
                  onClick={() =>
                    void perform.orTell((version) => call('agreement:sign', { params, body: { version, side } }))
                  }
                >
                  {t('administration:agreement.signFor', { side: t(`administration:agreement.${side}`) })}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** A field as the form shows it. */
function readField(
  t: ReturnType<typeof useTexts>,
  formats: Formats,
  draft: AgreementDraft,
  field: keyof AgreementDraft,
): string {
  switch (field) {
    case 'services':
      return formats.list(
        draft.services.map(({ kind, priceFen }) => {
          const price =
            priceFen === null
              ? t('administration:agreement.priceMissing')
              : t('administration:agreement.yuan', { amount: yuanOf(priceFen) });
          return `${t(`terms:caseKind.${kind}`)} ${price}`;
        }),
      );
    case 'responseTimes': {
      const written = (minutes: number | null) => (minutes === null ? '—' : formats.agreed(minutes));
      return formats.list(
        Urgency.options.map((urgency) => {
          const { acceptMin, answerMin } = draft.responseTimes[urgency];
          return `${t(`terms:urgency.${urgency}`)} ${written(acceptMin)} / ${written(answerMin)}`;
        }),
      );
    }
    default:
      return draft[field];
  }
}
