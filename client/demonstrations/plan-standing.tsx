import { Link } from 'react-router';
import type { DemonstrationPlan } from '../../server/contract/demonstration.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { usePeriod } from './use-period.ts';

/** Where a plan stands: what is still needed, whether the patient consents, who has signed, and what is at the same time. */
export function PlanStanding({ plan }: { plan: DemonstrationPlan }) {
  const t = useTexts();
  const period = usePeriod();
  const { gaps, overlaps, sentBackReason, reason, consent, caseNumber, draft } = plan;
  return (
    <aside className="panel demonstration-standing" aria-labelledby="demonstration-standing">
      <h2 id="demonstration-standing">{t('demonstrations:standing')}</h2>
      {reason && <p className="record-note">{t('demonstrations:cancelled', { reason })}</p>}
      {sentBackReason && <p className="record-note">{t('demonstrations:sentBack', { reason: sentBackReason })}</p>}
      {gaps.length > 0 && (
        <>
          <h3 id="demonstration-gaps">{t('demonstrations:gaps.title')}</h3>
          <ul className="demonstration-gaps" aria-labelledby="demonstration-gaps">
            {gaps.map((gap) => (
              <li key={gap}>{t(`demonstrations:gaps.item.${gap}`)}</li>
            ))}
          </ul>
        </>
      )}
      {gaps.length === 0 && plan.editable.length > 0 && <p>{t('demonstrations:gaps.none')}</p>}
      {overlaps.map((one) => (
        <p key={`${one.what} ${one.demonstrationId}`} className="record-note">
          {t(`demonstrations:overlap.${one.what}`, {
            title: one.title || t('demonstrations:untitled'),
            time: period(one),
          })}
        </p>
      ))}
      <dl className="demonstration-facts">
        <dt>{t('demonstrations:consentLabel')}</dt>
        <dd>
          {t(`demonstrations:consent.${consent}`)}
          {caseNumber && draft.consultationId && (
            <>
              {' '}
              <Link to={`/consultations/${draft.consultationId}`} className="numbers">
                {t('demonstrations:caseLink', { caseNumber })}
              </Link>
            </>
          )}
        </dd>
        <SignOffs plan={plan} />
      </dl>
    </aside>
  );
}

function SignOffs({ plan: { signOffs, askedAt } }: { plan: DemonstrationPlan }) {
  const t = useTexts();
  const formats = useFormats();
  return (
    <>
      {(['theatre', 'ethics'] as const).map((side) => {
        const one = signOffs[side];
        return (
          <div key={side}>
            <dt>
              {t('demonstrations:signOffs.title')} · {t(`demonstrations:signOffs.${side}`)}
            </dt>
            <dd>
              {one
                ? t('demonstrations:signOffs.by', { name: one.by.name, at: formats.moment(one.at) })
                : t('demonstrations:signOffs.notYet')}
            </dd>
          </div>
        );
      })}
      <dd className="record-hint">
        {askedAt === null
          ? t('demonstrations:signOffs.notAsked')
          : t('demonstrations:signOffs.asked', { at: formats.moment(askedAt) })}
      </dd>
    </>
  );
}
