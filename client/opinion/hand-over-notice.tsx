import type { ConsultationView } from '../../server/contract/consultation.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** That what stands here was begun by a colleague, who left the case: whoever signs answers for all of it. */
export function HandOverNotice({ consultation: { handOver, issuedAt } }: { consultation: ConsultationView }) {
  const t = useTexts();
  if (!handOver || issuedAt) return null;
  return (
    <section className="opinion-amendment" data-testid="hand-over-notice">
      <p>
        <strong>{t('opinion:handOver.from', { name: handOver.from.name })}</strong> {t('opinion:handOver.check')}
      </p>
    </section>
  );
}
