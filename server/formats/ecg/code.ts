import { type Attributes, findString } from '../dicom/attributes.ts';
import type { EcgCode } from './record.ts';

/** A code sequence item, PS3.3 section 8. None: all ''. */
export function readCode(item: Attributes | undefined): EcgCode {
  const text = (tag: string) => (item === undefined ? '' : (findString(item, tag) ?? ''));
  return { value: text('00080100') || text('00080119'), scheme: text('00080102'), meaning: text('00080104') };
}
