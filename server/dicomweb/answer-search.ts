import type { Request, Response } from 'express';
import type { SearchLevel } from '../archive/search.ts';
import { getInstances, listSearchReads, listSearchScopes } from '../archive/study-access.ts';
import { chooseJson } from './accept.ts';
import { Refusal } from './answer.ts';
import { type DicomWebParts, readDicomWebRequest, sendCompressed } from './request.ts';
import { search } from './search.ts';
import { MAX_RESULTS, parseSearch } from './search-request.ts';

/** QIDO-RS, PS3.18 section 10.6. */
export async function answerSearch(
  parts: DicomWebParts,
  level: SearchLevel,
  request: Request,
  response: Response,
  requestId: string,
): Promise<void> {
  const { asked, root, params, query, accept, addresses } = await readDicomWebRequest(parts, request, requestId);
  const { stores, recordRead } = parts.studies;
  const scopes = await listSearchScopes(stores, asked, root);
  const contentType = chooseJson(accept);
  if (contentType === undefined) throw new Refusal(406, 'search results come as application/dicom+json');
  const parsed = parseSearch(query);
  // Searching inside a study that the caller may not see is no search without matches.
  if (params.study !== undefined)
    await getInstances(stores, asked, root, { studyInstanceUid: params.study, seriesInstanceUid: params.series });
  const target = { level, studyInstanceUid: params.study, seriesInstanceUid: params.series };
  const { results, shown, isCut } = await search(stores, scopes, target, parsed, addresses);
  for (const read of await listSearchReads(stores, asked, shown)) await recordRead(asked, read);
  const warnings = [...parsed.warnings];
  // A client that set a lower limit of its own knows that there may be more.
  if (isCut && parsed.page.limit === MAX_RESULTS)
    warnings.push(
      'The number of results exceeded the maximum supported by the server. Additional results can be requested.',
    );
  for (const warning of warnings) response.append('warning', `299 ${addresses.root}: ${warning}`);
  // It names patients, and bears nothing by which a browser could ask whether it still holds.
  response.set('cache-control', 'no-store');
  // No match is 204, PS3.18 section 8.3.4.4.1 (2024d).
  if (results.length === 0) response.status(204).end();
  else await sendCompressed(request, response, contentType, JSON.stringify(results));
}
