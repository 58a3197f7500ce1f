import type { KeyImage } from '../../server/contract/report.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { circled } from '../review/overlay/plates.ts';

/** What was measured in a key image, by the numbers that stand in it, and who measured it. */
export function KeyImageMarks({ image, className }: { image: KeyImage; className?: string }) {
  const t = useTexts();
  if (image.measurements.length === 0) return null;
  return (
    <ul className={className} data-testid="key-image-marks">
      {image.measurements.map((text, index) => {
        const mark = image.annotations[index];
        return (
          <li key={mark?.annotationId ?? text}>
            {image.numbered && mark
              ? t('opinion:mark', { number: circled(index + 1), text, name: mark.authorName })
              : text}
          </li>
        );
      })}
    </ul>
  );
}
