import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { withPdfFile } from '../support/pdf-text.ts';

const run = promisify(execFile);

/** Fails unless a report is printed on A4, all type embedded, the margins white, with so many pictures. Gives its number of pages. */
export async function assertPrintedWhole(pdf: Buffer, pictures: number): Promise<number> {
  return await withPdfFile(pdf, async (file) => {
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
    await assertPicturesFillPage(pdf, pictures);
    return pages;
  });
}

/** What the report's margins leave of A4, and the height that a picture may take of it. */
const TEXT_MM = { width: 178, height: 190 };
/** What poppler's whole pixels an inch leave open. */
const ROUNDING_MM = 1.5;

/** Fails unless each key image of a printed report spans the text from margin to margin; an upright one as much of the page as it may. */
export async function assertPicturesFillPage(pdf: Buffer, pictures: number): Promise<void> {
  const printed = await printedSizesMm(pdf);
  assert.equal(printed.length, pictures);
  for (const { width, height } of printed) {
    const size = `${width.toFixed(1)} × ${height.toFixed(1)} mm`;
    assert.ok(width < TEXT_MM.width + ROUNDING_MM && height < TEXT_MM.height + ROUNDING_MM, `${size} is too large`);
    assert.ok(width > TEXT_MM.width - ROUNDING_MM || height > TEXT_MM.height - ROUNDING_MM, `${size} is too small`);
  }
}

/** How large each picture is on paper. The masks of pictures are not counted. */
async function printedSizesMm(pdf: Buffer): Promise<{ width: number; height: number }[]> {
  const { stdout } = await withPdfFile(pdf, (file) => run('pdfimages', ['-list', file]));
  const rows = stdout.split('\n').map((line) => line.trim().split(/ +/));
  return rows
    .filter(([, , type]) => type === 'image')
    .map((fields) => {
      // Pixels, and pixels an inch, across and down.
      const [across = 0, down = 0, acrossPpi = 0, downPpi = 0] = [3, 4, 12, 13].map((at) => Number(fields[at]));
      return { width: (across / acrossPpi) * 25.4, height: (down / downPpi) * 25.4 };
    });
}
