import i18next from 'i18next';
import type { ImageDescription } from '../../server/formats/image/image.ts';

/** Of what the pixels stand for: `HU`, another unit of the file's, `stored value` where its transformation is not for display; empty: none stated. */
export function valueUnit({ rescaleType, showsStoredValues }: ImageDescription): string {
  if (showsStoredValues) return i18next.t('imaging:storedValue');
  // US: "unspecified" (PS3.3 section C.11.1.1.2).
  return rescaleType === 'US' ? '' : rescaleType;
}
