import type { ConsultationView } from '../../../server/contract/consultation.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';

/** The way of the case, as the server tells it. */
export function ProgressPanel({ view }: { view: ConsultationView }) {
  const t = useTexts();
  const formats = useFormats();
  return (
    <section className="panel" aria-labelledby="progress">
      <h2 id="progress">{t('case:sections.progress')}</h2>
      <ol className="case-progress">
        {view.stops.map(({ name, at, by, status }) => (
          <li key={name} data-status={status} aria-current={status === 'now' ? 'step' : undefined}>
            <span>{t(`case:timeline.${name}`)}</span>
            <span className="case-quiet numbers">
              {status === 'now'
                ? t('case:timeline.ongoing')
                : at
                  ? [formats.moment(at), by].filter(Boolean).join(' · ')
                  : t('case:timeline.waiting')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
