/**
 * Stored metadata names bulk data by this relative address; the root under which it is asked for is put before it when it is
 * sent, since one instance is seen under several roots.
 */
export const BULK_DATA_PLACE = 'bulkdata/';

/** In JSON no text value can contain this with its quotation marks as they stand. */
const STORED = `"BulkDataURI":"${BULK_DATA_PLACE}`;

/** @param instanceAddress of the instance, without a slash at the end */
export function withBulkDataAddresses(json: string, instanceAddress: string): string {
  return json.replaceAll(STORED, `"BulkDataURI":"${instanceAddress}/${BULK_DATA_PLACE}`);
}
