import { useState } from 'react';
import type { PatientPageView } from '../../../server/contract/patient-register.ts';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { useRevealed } from '../../patient/use-revealed.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { AddIdentifier } from './add-identifier.tsx';

export function IdentityPanel({ view, patientId }: { view: PatientPageView; patientId: string }) {
  const t = useTexts();
  const formats = useFormats();
  const [adding, setAdding] = useState(false);
  const { revealed, isPending, error, toggle } = useRevealed(() => call('patient:identity', { params: { patientId } }));

  const numbers = revealed
    ? revealed.identifiers.map(({ kind, number }) => ({ kind, text: number }))
    : view.identifiers.map(({ kind, masked }) => ({ kind, text: masked }));
  const masked = view.guardian && { ...view.guardian, name: view.guardian.label, phone: view.guardian.maskedPhone };
  const guardian = revealed ? revealed.guardian : masked;
  return (
    <section className="panel" aria-labelledby="identity">
      <h2 id="identity">{t('patients:page.identity')}</h2>
      <dl className="patient-facts">
        <Fact label={t('patients:page.name')} value={revealed?.name ?? view.label} />
        {revealed?.birthDate && <Fact label={t('case:birthDate')} value={formats.day(revealed.birthDate)} />}
        {guardian && (
          <Fact
            label={t('case:guardian')}
            value={[guardian.name, guardian.relation && t(`terms:relation.${guardian.relation}`), guardian.phone]
              .filter(Boolean)
              .join(' · ')}
          />
        )}
        {numbers.map(({ kind, text }) => (
          <Fact key={`${kind}/${text}`} label={t(`patients:kind.${kind}`)} value={text} />
        ))}
      </dl>
      {view.actions.includes('reveal') && (
        <p className="patient-reveal">
          <button type="button" className="button" disabled={isPending} onClick={toggle}>
            {revealed ? t('case:hide') : t('case:reveal')}
          </button>
          <span className="patient-quiet">{t('patients:page.revealHint')}</span>
        </p>
      )}
      {view.actions.includes('add-identifier') && (
        <p className="patient-reveal">
          <button type="button" className="button" onClick={() => setAdding(true)}>
            {t('patients:add.open')}
          </button>
        </p>
      )}
      {adding && <AddIdentifier view={view} onClose={() => setAdding(false)} />}
      {error && <FailureNotice failure={toFailure(error)} />}
    </section>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="numbers">{value}</dd>
    </div>
  );
}
