import { useTexts } from '../i18n/use-texts.ts';
import type { LinkQuality } from './link-quality.ts';

const BARS: Record<LinkQuality, number> = { good: 3, fair: 2, poor: 1 };

/** The line in three steps: bars, colour and words. */
export function QualitySign({ quality }: { quality: LinkQuality }) {
  const t = useTexts();
  return (
    <span className="call-quality" data-quality={quality}>
      <span className="call-quality-bars" aria-hidden="true">
        {[1, 2, 3].map((bar) => (
          <i key={bar} data-lit={bar <= BARS[quality]} />
        ))}
      </span>
      <span className="call-quality-words">{t(`call:quality.${quality}`)}</span>
    </span>
  );
}
