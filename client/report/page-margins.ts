import { useEffect } from 'react';

export interface PageMargins {
  /** On every page but the first, which has the report's own head. */
  topLeft: string;
  topRight: string;
  /** Around the two numbers, e.g. `['Page ', ' of ', '']`. */
  pageNumber: readonly [string, string, string];
}

/**
 * Running heads and page numbers of the printed report (CSS Paged Media: margin boxes). They need its text, and content
 * policy and CSS leave only a sheet made in script. Where a browser has no margin boxes (Chromium before 131) the pages
 * come without them; case number and names stand on the first one all the same.
 */
export function usePageMargins({ topLeft, topRight, pageNumber }: PageMargins): void {
  const [before, between, after] = pageNumber;
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      @page {
        size: A4;
        margin: 20mm 16mm 18mm;
        @top-left { content: ${quoted(topLeft)}; ${SMALL} }
        @top-right { content: ${quoted(topRight)}; ${SMALL} }
        @bottom-center { content: ${quoted(before)} counter(page) ${quoted(between)} counter(pages) ${quoted(after)}; ${SMALL} }
      }
      @page :first {
        margin-top: 14mm;
        @top-left { content: none; }
        @top-right { content: none; }
      }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    };
  }, [topLeft, topRight, before, between, after]);
}

const SMALL = 'font: 9pt "Noto Serif CJK SC", "SimSun", "Songti SC", serif; color: #444;';

/** A CSS string; a name may hold any character, and must not end the string or the rule. */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"\n\r\f<]/g, (character) => `\\${character.charCodeAt(0).toString(16)} `)}"`;
}
