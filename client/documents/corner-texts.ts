import i18next from 'i18next';
import type { CornerTexts } from '../viewer/corner-elements.ts';
import type { ShownPage } from './shown-document.ts';
import type { View } from './view.ts';

/** 1/72 inch in CSS pixels of 1/96: what "100%" of a page means. */
export const POINTS_PER_CSS_PIXEL = 72 / 96;

export interface CornerContent {
  view: View;
  page: ShownPage;
  title: string;
  /** Of the window, CSS pixels. */
  height: number;
}

/** Which document, which page, and how large it is shown. */
export type DocumentTexts = CornerTexts<'document-about' | 'document-zoom'>;

export function cornerTexts({ view, page, title, height }: CornerContent): DocumentTexts {
  const t = i18next.getFixedT(null, 'documents');
  const { source, size } = page;
  const { pageCount, unit } = source;
  const perCssPixel = view.pageUnitsPerScreenHeight / height;
  const percent = Math.round(((unit === 'point' ? POINTS_PER_CSS_PIXEL : 1) / perCssPixel) * 100);
  const where =
    unit === 'pixel'
      ? t('corner.pixels', { width: size.width, height: size.height })
      : t('corner.page', { page: page.page, count: pageCount });
  const turned = view.rotation === 0 ? [] : [t('corner.rotation', { degrees: view.rotation })];
  return {
    lines: {
      'document-about': [title, where].filter((line) => line !== ''),
      'document-zoom': [...turned, t('corner.zoom', { percent })],
    },
  };
}
