import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { quantile, type Report } from './report.ts';

const PAGE_FOLDER = fileURLToPath(new URL('./drag-page', import.meta.url));
const BUILT_FOLDER = fileURLToPath(new URL('../../.build/drag-page', import.meta.url));
const VITE = fileURLToPath(new URL('../../node_modules/vite/bin/vite.js', import.meta.url));
const CLIENT_CONFIG = fileURLToPath(new URL('../../client/vite.config.ts', import.meta.url));
const CANVAS_PX = 1024;
const WINDOWS = 200;
const RATIO_AIM = 0.9;

/** A window drag's frame as a part of what cornerstone-core's own renderer needs for it, on the same canvas, the two taking turns. */
export async function measureWindowDrag(browser: Browser, report: Report): Promise<void> {
  const options = ['--config', CLIENT_CONFIG, '--outDir', BUILT_FOLDER, '--emptyOutDir', '--logLevel', 'error'];
  await promisify(execFile)(process.execPath, [VITE, 'build', PAGE_FOLDER, ...options]);
  const server = createServer(async ({ url = '/' }, response) => {
    const path = join(BUILT_FOLDER, url === '/' ? 'index.html' : new URL(url, 'http://localhost').pathname);
    const body = await readFile(path).catch(() => undefined);
    const type = path.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(body ? 200 : 404, { 'content-type': type }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const page = await browser.newPage();
  try {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => window.dragWindow !== undefined);
    for (const side of [512, 1024]) {
      const [oursMs, theirsMs] = await page.evaluate(
        async ([side, canvas, windows]) => {
          const times = await window.dragWindow(side, canvas, windows);
          return [times.oursMs, times.theirsMs] as const;
        },
        [side, CANVAS_PX, WINDOWS] as const,
      );
      report.samples(`window-drag-draw-${side}`, oursMs, 'ms');
      report.samples(`window-drag-draw-${side}-cornerstone`, theirsMs, 'ms');
      report.value(`window-drag-ratio-${side}`, quantile(oursMs, 0.5) / quantile(theirsMs, 0.5), 'ratio', RATIO_AIM);
    }
  } finally {
    await page.close();
    server.closeAllConnections();
    server.close();
  }
}
