import type { CreditCorrectionView } from '../../server/contract/demonstration-credits.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import '../facilities/records.css';

/** Who put a credit right, when and why. */
export function CorrectionLine({ correction }: { correction: CreditCorrectionView }) {
  const t = useTexts();
  const formats = useFormats();
  const { by, at, before, reason } = correction;
  return (
    <p className="record-hint">
      {t('credits:corrected', {
        name: by.name,
        at: formats.moment(at),
        before: formats.number(before, 1),
        reason,
      })}
    </p>
  );
}
