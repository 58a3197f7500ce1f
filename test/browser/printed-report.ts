import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Fails unless a report is printed on A4, all type embedded, the margins white, with so many pictures. Gives its number of pages. */
export async function assertPrintedWhole(pdf: Buffer, pictures: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhen-print-'));
  try {
    const file = join(folder, 'report.pdf');
    await writeFile(file, pdf);
    const { stdout: info } = await run('pdfinfo', [file]);
    assert.match(info, /Page size: +59[45]\.\d+ x 84[12](\.\d+)? pts \(A4\)/);
    const pages = Number(/Pages: +(\d+)/.exec(info)?.[1]);
    assert.ok(pages >= 2);
    const { stdout: fonts } = await run('pdffonts', [file]);
    const notEmbedded = fonts
      .split('\n')
      .slice(2, -1)
      .filter((line) => !/ yes +(yes|no) +(yes|no) +\d+ +\d+$/.test(line));
    assert.deepEqual(notEmbedded, []);
    // 16 mm on either side stay white: what reached further would be cut by the printer.
    const { stdout: words } = await run('pdftotext', ['-bbox', file, '-'], { maxBuffer: 1e8 });
    const edges = [...words.matchAll(/xMin="([\d.]+)".*xMax="([\d.]+)"/g)].map(([, left, right]) =>
      [left, right].map(Number),
    );
    assert.ok(edges.length > 50);
    for (const [left = 0, right = 0] of edges) assert.ok(left > 44 && right < 552, `from ${left} to ${right} pt`);
    const { stdout: images } = await run('pdfimages', ['-list', file]);
    assert.equal(images.match(/ 900 +700 /g)?.length, pictures);
    return pages;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
