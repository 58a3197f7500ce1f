import { Failure } from '../../../contract/failure.ts';
import { damaged, notSlide, unsupported } from '../refusal.ts';
import { type AssociatedKind, isReduced } from '../slide.ts';
import type { TiffDirectory, TiffFile } from './directory.ts';
import { readPage, readSubPages, type TiffPage } from './page.ts';
import { SUBFILE } from './tags.ts';

/** Halving the largest slide takes 24. */
const MAX_LEVELS = 64;

export interface SlidePages {
  /** Largest first. */
  levels: TiffPage[];
  associated: { kind: AssociatedKind; page: TiffPage }[];
}

/**
 * Tells the pyramid from the other pictures by structure: the largest tiled image is the slide; what is tiled and the same image made
 * smaller is a level; anything else is kept apart. A name (Aperio's `label`, `macro`) can only add to what is kept apart,
 * never let something in. Throws `slide-not-tiled` where no image is tiled.
 */
export async function readSlidePages(file: TiffFile): Promise<SlidePages> {
  const pages = await readPages(file, file.directories);
  const base = pages
    .filter((page) => page.segments.tiled && findSensitiveKind(page) === null)
    .reduce<TiffPage | undefined>((best, page) => (best && areaOf(best) >= areaOf(page) ? best : page), undefined);
  if (base === undefined) {
    throw new Failure('invalid-message', 'no image of the file is tiled', { reason: 'slide-not-tiled' });
  }
  // Of gray channels that together make the picture one alone would be drawn as if it were all.
  if (base.samplesPerPixel === 1 && pages.some((page) => page !== base && isSamePlane(page, base))) {
    throw unsupported('each channel in a page of its own');
  }
  const others = [...pages.filter((page) => page !== base), ...(await readSubPages(file, base))];
  const levels = [base];
  const associated: SlidePages['associated'] = [];
  for (const page of others) {
    if (isSamePlane(page, base)) continue;
    if (isLevel(page, base)) {
      if (levels.some(({ width }) => width === page.width)) continue;
      if (levels.length >= MAX_LEVELS) throw damaged('too many levels');
      levels.push(page);
    } else {
      associated.push({ kind: kindOf(page, base), page });
    }
  }
  return { levels: levels.sort((a, b) => areaOf(b) - areaOf(a)), associated };
}

/** A page that is no image (some writers keep other data there) is left out, unless it is the only one. */
async function readPages(file: TiffFile, directories: TiffDirectory[]): Promise<TiffPage[]> {
  const pages: TiffPage[] = [];
  let fault: unknown;
  for (const directory of directories) {
    try {
      pages.push(await readPage(file, directory));
    } catch (error) {
      if (!(error instanceof Failure) || error.reason !== 'file-damaged') throw error;
      fault ??= error;
    }
  }
  if (pages.length === 0) throw fault ?? notSlide('a TIFF without an image');
  return pages;
}

const areaOf = ({ width, height }: TiffPage) => width * height;

/** Other focus planes are as large as the slide; what is shown is the first. */
function isSamePlane(page: TiffPage, base: TiffPage): boolean {
  return page.segments.tiled && page.width === base.width && page.height === base.height && !findSensitiveKind(page);
}

function isLevel(page: TiffPage, base: TiffPage): boolean {
  const sameForm = page.samplesPerPixel === base.samplesPerPixel && page.bitsPerSample === base.bitsPerSample;
  return page.segments.tiled && sameForm && findSensitiveKind(page) === null && isReduced(page, base);
}

/** What the page's own type and description say it shows besides tissue; null: nothing. */
function findSensitiveKind({ subfileType, description }: TiffPage): 'label' | 'macro' | 'other' | null {
  if ((subfileType & SUBFILE.macro) !== 0) return 'macro';
  if ((subfileType & SUBFILE.mask) !== 0) return 'other';
  // Aperio: one line of version, then `label 387x463`.
  const [, named] = /(?:^|[\r\n])\s*(label|macro)\b/i.exec(description) ?? [];
  return named === undefined ? null : (named.toLowerCase() as 'label' | 'macro');
}

function kindOf(page: TiffPage, base: TiffPage): AssociatedKind {
  const sensitive = findSensitiveKind(page);
  if (sensitive !== null) return sensitive;
  if (isReduced(page, base)) return 'thumbnail';
  // Aperio's types: 1 on an image that is no reduced slide is the label. Any other picture may show it as well.
  return page.subfileType === SUBFILE.reduced ? 'label' : 'other';
}
