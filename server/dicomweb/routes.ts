import type { Express, Request, Response } from 'express';
import { answerDicomWeb } from './answer.ts';
import { answerBulkData, answerFrames } from './answer-frames.ts';
import { answerInstances } from './answer-instances.ts';
import { answerMetadata } from './answer-metadata.ts';
import { answerRendered } from './answer-rendered.ts';
import { answerSearch } from './answer-search.ts';
import { answerStore } from './answer-store.ts';
import type { DicomWebParts } from './request.ts';

/** All that the caller may see, and exactly what is attached to one case. */
const ROOTS = ['/dicomweb', '/dicomweb/consultations/:consultationId'];

/** What a demonstration shows, from copies that name nobody: neither whole objects nor searches. */
const SHOWN_ROOT = '/dicomweb/demonstrations/:demonstrationId';
const SHOWN = ['metadata', 'rendered', 'bulkdata', 'frames'];

type Answer = (parts: DicomWebParts, request: Request, response: Response, requestId: string) => Promise<void>;

/** The resources of the Studies Service, PS3.18 table 10.1-1, each with what answers a GET. */
const RESOURCES: [name: string, path: string, answer: Answer][] = [
  ['search-studies', '/studies', searching('study')],
  ['search-series', '/series', searching('series')],
  ['search-instances', '/instances', searching('instance')],
  ['search-series', '/studies/:study/series', searching('series')],
  ['search-instances', '/studies/:study/instances', searching('instance')],
  ['search-instances', '/studies/:study/series/:series/instances', searching('instance')],
  ...[
    '/studies/:study',
    '/studies/:study/series/:series',
    '/studies/:study/series/:series/instances/:instance',
  ].flatMap((path): [string, string, Answer][] => [
    ['retrieve', path, answerInstances],
    ['metadata', `${path}/metadata`, answerMetadata],
  ]),
  ['rendered', '/studies/:study/series/:series/instances/:instance/rendered', answerRendered],
  ['bulkdata', '/studies/:study/series/:series/instances/:instance/bulkdata/:element', answerBulkData],
  ['frames', '/studies/:study/series/:series/instances/:instance/frames/:frames', answerFrames],
  ['rendered', '/studies/:study/series/:series/instances/:instance/frames/:frames/rendered', answerRendered],
];

function searching(level: Parameters<typeof answerSearch>[1]): Answer {
  return (parts, request, response, requestId) => answerSearch(parts, level, request, response, requestId);
}

/** Puts the DICOMweb Studies Service on the application, under both roots. */
export function mountDicomWeb(app: Express, parts: DicomWebParts): void {
  const answering = (name: string, answer: Answer) => (request: Request, response: Response) =>
    answerDicomWeb(parts.log, `dicomweb:${name}`, response, (requestId) => answer(parts, request, response, requestId));
  for (const root of ROOTS) {
    for (const [name, path, answer] of RESOURCES) app.get(root + path, answering(name, answer));
    for (const path of ['/studies', '/studies/:study']) app.post(root + path, answering('store', answerStore));
  }
  for (const [name, path, answer] of RESOURCES)
    if (SHOWN.includes(name)) app.get(SHOWN_ROOT + path, answering(name, answer));
}
