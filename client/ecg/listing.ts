import { ECG_MEDIA_TYPE } from '../../server/formats/ecg/wire.ts';
import { fetchBytesAhead } from '../api/fetch-bytes.ts';
import type { Listing } from '../viewer/listing.ts';
import type { PictureHome } from '../viewer/picture-home.ts';

/** The records of a study. */
export const ecg: Listing<'ecg'> = {
  lines(t, _, { records }) {
    const numbered = records.length > 1;
    return records.map(({ recordId, description, number }, index) => ({
      key: recordId,
      modality: '',
      // Of one series each has the series' description: the number tells them apart.
      name: [description, numbered && t('case:materials.ecg', { number: number ?? index + 1 })]
        .filter(Boolean)
        .join(' · '),
      amount: '',
    }));
  },
  pictureIdOf: ({ recordId }) => recordId,
  fetchAhead(home, { records: [first] }) {
    if (first) fetchBytesAhead(recordAddress(home, first.recordId), ECG_MEDIA_TYPE);
  },
  holds: ({ records }, target) => records.some(({ recordId }) => recordId === target.recordId),
};

export function recordAddress(home: PictureHome, recordId: string): string {
  return `/api/${home}/ecgs/${recordId}`;
}
