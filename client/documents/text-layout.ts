import type { ContentLine, DocumentText } from '../../server/contract/documents.ts';

/** A4 in points. */
export const TEXT_PAGE = { width: 595, height: 842 };
export const TEXT_MARGIN = 48;
export const FONT_SIZE = 11;
export const ROW_HEIGHT = 18;
/** Of half the width of a Chinese character. */
export const COLUMN_WIDTH = FONT_SIZE / 2;
const COLUMNS = Math.floor((TEXT_PAGE.width - 2 * TEXT_MARGIN) / COLUMN_WIDTH);
/** Title and state. */
const HEAD_ROWS = 3;
const ROWS = Math.floor((TEXT_PAGE.height - 2 * TEXT_MARGIN) / ROW_HEIGHT);
const INDENT_COLUMNS = 2;
const MAX_INDENT_COLUMNS = 24;

/** One row of text on a page. */
export interface TextRow {
  column: number;
  text: string;
  columns: number;
  isHeading: boolean;
}

/**
 * Lays text out on pages by counting characters, not by measuring a font: a mark that two people see must lie on the same word, though
 * their computers have other fonts and speak other languages.
 */
export function layOutText({ lines }: DocumentText): TextRow[][] {
  const rows = lines.flatMap(rowsOf);
  const pages = [rows.slice(0, ROWS - HEAD_ROWS)];
  for (let start = ROWS - HEAD_ROWS; start < rows.length; start += ROWS) pages.push(rows.slice(start, start + ROWS));
  return pages;
}

/** The row of the first page's first line. */
export const firstRow = (page: number): number => (page === 1 ? HEAD_ROWS : 0);

function rowsOf({ depth, valueType, name, text }: ContentLine): TextRow[] {
  const indent = Math.min(depth * INDENT_COLUMNS, MAX_INDENT_COLUMNS);
  const isHeading = valueType === 'CONTAINER';
  const said = [name, sayText(valueType, text)].filter(Boolean).join(': ') || '—';
  return said
    .split(/\r\n|\r|\n/)
    .flatMap((line) => wrap(line, COLUMNS - indent))
    .map((line, index) => {
      // What goes on from the row above stands a little further in.
      const column = indent + (index === 0 || indent > 0 ? 0 : INDENT_COLUMNS);
      return { column, text: line, columns: columnsOf(line), isHeading };
    });
}

/** A reference to another object, or to an item of this report, is not the thing itself. */
function sayText(valueType: ContentLine['valueType'], text: string): string {
  const refers = ['COMPOSITE', 'IMAGE', 'WAVEFORM', 'REFERENCE'].includes(valueType);
  return refers && text !== '' ? `→ ${text}` : text;
}

/** Breaks at a space where there is one in the second half of the row, and between Chinese characters. */
function wrap(text: string, columns: number): string[] {
  const rows: string[] = [];
  let row = '';
  let width = 0;
  for (const character of text) {
    const wide = widthOf(character);
    if (width + wide > columns - INDENT_COLUMNS) {
      const space = row.lastIndexOf(' ');
      const at = space > row.length / 2 && character !== ' ' ? space + 1 : row.length;
      rows.push(row.slice(0, at).trimEnd());
      row = row.slice(at);
      width = columnsOf(row);
    }
    if (row === '' && character === ' ' && rows.length > 0) continue;
    row += character;
    width += wide;
  }
  rows.push(row);
  return rows;
}

function columnsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + widthOf(character), 0);
}

/** Unicode Standard Annex 11, in short: CJK and full-width forms take two columns. */
const widthOf = (character: string): 1 | 2 =>
  /[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦]|[\u{20000}-\u{3fffd}]/u.test(character) ? 2 : 1;
