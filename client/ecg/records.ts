import { decodeEcg } from '../../server/formats/ecg/decode-wire.ts';
import { ECG_MEDIA_TYPE } from '../../server/formats/ecg/wire.ts';
import { fetchBytes } from '../api/fetch-bytes.ts';
import { overOutages } from '../line/retry.ts';
import type { PictureHome } from '../viewer/picture-home.ts';
import { recordAddress } from './listing.ts';
import { createOpenEcg, type OpenEcg } from './open-ecg.ts';

/** The ECGs of a case, each read once; a read that failed is tried again by whoever asks next. */
export interface Records {
  /** Waits for the line as long as that takes. @throws Failure: what the server answered. */
  read(recordId: string): Promise<OpenEcg>;
  /** Where it has been read already. */
  find(recordId: string): OpenEcg | undefined;
  close(): void;
}

export function createRecords(home: PictureHome): Records {
  const closing = new AbortController();
  const reading = new Map<string, Promise<OpenEcg>>();
  const read = new Map<string, OpenEcg>();
  const fetchRecord = async (recordId: string): Promise<OpenEcg> => {
    const { bytes } = await fetchBytes(recordAddress(home, recordId), ECG_MEDIA_TYPE, closing.signal);
    const opened = createOpenEcg(decodeEcg(bytes));
    read.set(recordId, opened);
    return opened;
  };
  return {
    read(recordId) {
      const known = reading.get(recordId);
      if (known) return known;
      const promise = overOutages(() => fetchRecord(recordId), closing.signal);
      reading.set(recordId, promise);
      promise.catch(() => reading.delete(recordId));
      return promise;
    },
    find: (recordId) => read.get(recordId),
    close: () => closing.abort(),
  };
}
