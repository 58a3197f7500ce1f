import type { DicomJsonPersonName } from './json-attributes.ts';
import { personNameGroups } from './person-name.ts';

/** PS3.18 section F.2.2: component groups by name, those without a value left out; null: an empty name among others. */
export function personNameOf(value: string): DicomJsonPersonName | null {
  const { alphabetic, ideographic, phonetic } = personNameGroups(value);
  if (alphabetic === '' && ideographic === '' && phonetic === '') return null;
  return {
    ...(alphabetic === '' ? {} : { Alphabetic: alphabetic }),
    ...(ideographic === '' ? {} : { Ideographic: ideographic }),
    ...(phonetic === '' ? {} : { Phonetic: phonetic }),
  };
}

/** By pieces, because a call takes only so many arguments. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let position = 0; position < bytes.length; position += 8192) {
    binary += String.fromCharCode(...bytes.subarray(position, position + 8192));
  }
  return btoa(binary);
}
