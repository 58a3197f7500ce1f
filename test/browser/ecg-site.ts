import type { ServerResponse } from 'node:http';
import type { FailureView } from '../../server/contract/failure-view.ts';
import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import { encodeEcg } from '../../server/formats/ecg/encode-wire.ts';
import type { EcgRecord } from '../../server/formats/ecg/record.ts';
import { ECG_MEDIA_TYPE } from '../../server/formats/ecg/wire.ts';
import { openPageSite, type PageSite, sendJson, sendPageFile } from './viewer-page-site.ts';

export interface EcgSource {
  description: string;
  /** A failure: what the server says of a file that it cannot read. */
  answer: EcgRecord | FailureView;
}

export interface EcgSite extends PageSite {
  /** Ids of the records, in the order of the sources. */
  recordIds: string[];
  /** What the line does to the next requests. */
  line: { down: boolean; delayMs: number };
  /** Another answer from now on. */
  answerWith(index: number, answer: EcgSource['answer']): void;
}

/** Serves the page with a review panel, and ECGs as the server answers them. */
export async function openEcgSite(sources: EcgSource[]): Promise<EcgSite> {
  const recordIds = sources.map((_, index) => `2.25.${index + 1}`);
  const answers = new Map(sources.map(({ answer }, index) => [recordIds[index] ?? '', answer]));
  const material: MaterialView = {
    materialId: '00000000-0000-4000-8000-000000000000',
    kind: 'ecg',
    description: '心电图',
    studyDate: '20240101',
    patients: [],
    patientsDiffer: false,
    addedAt: new Date(0).toISOString(),
    records: sources.map(({ description }, index) => ({
      recordId: recordIds[index] ?? '',
      description,
      number: index + 1,
    })),
  };
  const line = { down: false, delayMs: 0 };
  const answer = async ({ pathname }: URL, response: ServerResponse): Promise<void> => {
    if (pathname === '/materials.json') return sendJson(response, 200, [material]);
    const recordId = /^\/api\/consultations\/[^/]+\/ecgs\/([^/]+)$/.exec(pathname)?.[1];
    if (recordId === undefined) return sendPageFile(response, pathname);
    await new Promise((resolve) => setTimeout(resolve, line.delayMs));
    const found = answers.get(recordId);
    if (line.down || !found) return void response.writeHead(line.down ? 503 : 404).end();
    if ('code' in found) return sendJson(response, 422, found);
    response.writeHead(200, { 'content-type': ECG_MEDIA_TYPE }).end(encodeEcg(found));
  };
  const site = await openPageSite(answer);
  return {
    ...site,
    recordIds,
    line,
    answerWith: (index, next) => void answers.set(recordIds[index] ?? '', next),
  };
}
