import { existsSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import express, { type Express, type RequestHandler } from 'express';

const YEAR_S = 365 * 24 * 3600;

/**
 * The built client: files under /assets bear a hash in their name and never change; every other address that a
 * person may open is the one page, which routes by itself.
 */
export function servePages(app: Express, folder: string): void {
  if (!existsSync(join(folder, 'index.html'))) return;
  app.use(
    '/assets',
    preferCompressed(join(folder, 'assets')),
    express.static(join(folder, 'assets'), {
      immutable: true,
      maxAge: YEAR_S * 1000,
      index: false,
      fallthrough: false,
    }),
  );
  app.use(express.static(folder, { index: false, maxAge: 0 }));
  app.get(/^\/(?!api\/|dicomweb\/|assets\/|sfu\/|socket\.io\/|fhir\/|healthz)/, (_request, response) => {
    response.set('cache-control', 'no-cache').sendFile('index.html', { root: folder });
  });
}

const ENCODINGS = [
  { encoding: 'br', suffix: '.br' },
  { encoding: 'gzip', suffix: '.gz' },
] as const;

/** Hands out what the build compressed beforehand, where the browser takes it. */
function preferCompressed(folder: string): RequestHandler {
  const names = new Set(readdirSync(folder));
  return (request, response, next) => {
    const name = request.path.slice(1);
    const chosen = ENCODINGS.find(
      ({ encoding, suffix }) => names.has(name + suffix) && request.acceptsEncodings(encoding) !== false,
    );
    response.vary('accept-encoding');
    if (chosen) {
      response.type(extname(name)).set('content-encoding', chosen.encoding);
      request.url += chosen.suffix;
    }
    next();
  };
}
