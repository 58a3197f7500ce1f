import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Puts a PDF where poppler's programs can read it. */
export async function withPdfFile<T>(pdf: Uint8Array, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhen-pdf-'));
  try {
    const file = join(folder, 'page.pdf');
    await writeFile(file, pdf);
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The text of a PDF as poppler reads it back. */
export async function textOfPdf(pdf: Uint8Array): Promise<string> {
  return await withPdfFile(pdf, async (file) => {
    const { stdout } = await promisify(execFile)('pdftotext', ['-layout', file, '-']);
    return stdout;
  });
}

/** The same, page by page; lines without their margins, empty ones left out. */
export async function pagesOfPdf(pdf: Uint8Array): Promise<string[][]> {
  const pages = (await textOfPdf(pdf)).split('\f').slice(0, -1);
  return pages.map((page) =>
    page
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );
}
