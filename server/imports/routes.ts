import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Express, Request, Response } from 'express';
import { z } from 'zod';
import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import { requirePermission } from '../access/may.ts';
import { Failure, ImportKind, ImportView, PeopleFilter, TableFormat, TableLanguage } from '../contract/index.ts';
import { answer, type RouteHandlers } from '../http/bind.ts';
import { readRequestBody } from '../http/request-body.ts';
import type { Logger } from '../runtime/log.ts';
import { parseInput } from '../runtime/parse.ts';
import { type ApplyParts, applyImport } from './apply.ts';
import { type DryRunParts, dryRun, permissionFor, readImport } from './dry-run.ts';
import { type ExportParts, exportRows } from './export.ts';
import { sheetNameOf } from './shapes.ts';
import { MAX_TABLE_BYTES } from './table/table.ts';
import { MEDIA_TYPES, type TableRows, type TableSpec, writeTable } from './write-table.ts';

export interface ImportParts extends ApplyParts, DryRunParts, ExportParts {
  work: ApplyParts['work'] & DryRunParts['work'] & ExportParts['work'];
  clock: () => Date;
}

export interface ImportByteParts extends ImportParts {
  log: Logger;
  /** @throws Failure unauthenticated; cross-site writes included. */
  authenticate(request: Request): Promise<Caller>;
}

export function importRoutes(parts: ImportParts): Pick<RouteHandlers, 'import:read' | 'import:apply'> {
  const asked = ({ caller, requestId }: Pick<Asked, 'caller' | 'requestId'>): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  return {
    'import:read': (call) => readImport(parts, asked(call), call.params.importId),
    'import:apply': (call) => applyImport(parts, asked(call), call.params.importId, call.body),
  };
}

const Kind = z.object({ kind: ImportKind });
const FileQuery = z.object({ kind: ImportKind, name: z.string().trim().min(1).max(200), language: TableLanguage });
const TableQuery = z.object({ format: TableFormat, language: TableLanguage });

/** Tables as bytes: a file goes up to be looked at, a template and what there is come down. */
export function bindImports(app: Express, parts: ImportByteParts): void {
  app.post('/api/imports', (request, response) =>
    answer(parts.log, 'import:check', response, async (requestId) => {
      const caller = await parts.authenticate(request);
      const { kind, name, language } = parseInput(FileQuery, request.query);
      requirePermission(caller, permissionFor(kind));
      const asked = { caller, requestId, at: parts.clock() };
      const view = await dryRun(parts, asked, { kind, fileName: name, language, bytes: await readBytes(request) });
      response.status(201).set('cache-control', 'no-store').json(ImportView.parse(view));
    }),
  );
  app.get('/api/import-templates/:kind', (request, response) =>
    answer(parts.log, 'import:template', response, async () => {
      const caller = await parts.authenticate(request);
      const spec = specOf(request);
      requirePermission(caller, permissionFor(spec.kind));
      await send(response, spec, noRows());
    }),
  );
  app.get('/api/exports/:kind', (request, response) =>
    answer(parts.log, 'export:read', response, async (requestId) => {
      const caller = await parts.authenticate(request);
      const spec = specOf(request);
      const asked = { caller, requestId, at: parts.clock() };
      const rows = await exportRows(parts, asked, spec, parseInput(PeopleFilter, request.query));
      await send(response, spec, rows);
    }),
  );
}

function specOf(request: Request): TableSpec {
  return { ...parseInput(Kind, request.params), ...parseInput(TableQuery, request.query) };
}

async function* noRows(): TableRows {}

async function send(response: Response, spec: TableSpec, rows: TableRows): Promise<void> {
  const name = `${sheetNameOf(spec.kind, spec.language)}.${spec.format === 'xlsx' ? 'xlsx' : 'csv'}`;
  response.status(200).set({
    'content-type': MEDIA_TYPES[spec.format],
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'cache-control': 'no-store',
  });
  await pipeline(Readable.from(writeTable(spec, rows)), response);
}

/** @throws Failure too-large / table-too-large */
async function readBytes(request: Request): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const bytes of readRequestBody(request)) {
    sizeBytes += bytes.length;
    if (sizeBytes > MAX_TABLE_BYTES)
      throw new Failure('too-large', `more than ${MAX_TABLE_BYTES} bytes`, { reason: 'table-too-large' });
    pieces.push(bytes);
  }
  return new Uint8Array(Buffer.concat(pieces));
}
