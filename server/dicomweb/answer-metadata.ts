import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Request, Response } from 'express';
import { withBulkDataAddresses } from '../archive/metadata-links.ts';
import { namelessDataset } from '../formats/dicom/nameless-json.ts';
import { etagOf } from '../http/immutable.ts';
import { chooseJson } from './accept.ts';
import { instanceAddress } from './addresses.ts';
import { Refusal } from './answer.ts';
import { readResource } from './answer-instances.ts';
import { type DicomWebParts, sendCompressed } from './request.ts';

const decompress = promisify(gunzip);

/** WADO-RS metadata, PS3.18 section 10.4.1.1.2: as it was read when the instances were received; nothing is parsed here. */
export async function answerMetadata(
  parts: DicomWebParts,
  request: Request,
  response: Response,
  requestId: string,
): Promise<void> {
  const { accept, addresses, seen, demonstrationId } = await readResource(parts, request, response, requestId);
  const { instances } = seen;
  const contentType = chooseJson(accept);
  if (contentType === undefined) throw new Refusal(406, 'metadata comes as application/dicom+json');
  // A series may grow, so it is asked for again, but is sent again only if it did.
  const etag = etagOf(addresses.root, contentType, ...instances.map((instance) => instance.sha256));
  response.set('etag', etag).set('cache-control', 'private, no-cache').vary('accept').vary('cookie');
  if (request.headers['if-none-match'] === etag) {
    response.status(304).end();
    return;
  }
  const stored = await parts.studies.stores.studies.listMetadata(instances);
  const texts = await Promise.all(
    instances.map(async (instance, index) =>
      withBulkDataAddresses(
        toHandOut((await decompress(stored[index] ?? Buffer.alloc(0))).toString('utf8'), demonstrationId !== null),
        instanceAddress(addresses, instance),
      ),
    ),
  );
  await sendCompressed(request, response, contentType, `[${texts.join(',')}]`);
}

const toHandOut = (json: string, isNameless: boolean): string =>
  isNameless ? JSON.stringify(namelessDataset(JSON.parse(json))) : json;
