import { Failure } from '../../contract/failure.ts';
import { type Cell, MAX_TABLE_ROWS, type RawRow, type Table, type TableShape } from './table.ts';

/** A title and a note may stand above the headings. */
const HEADING_WITHIN_ROWS = 10;

/** How a heading is compared: in any width and case, without spaces, marks of required fields and what stands in brackets. */
function plainHeading(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\(.*?\)/g, '')
    .replace(/[\s*:：_-]/g, '');
}

/** Which column of the shape a heading names. */
function columnNamer(shape: TableShape): (heading: string) => string | undefined {
  const names = new Map(
    Object.entries(shape.columns).flatMap(([column, { headings }]) =>
      headings.map((heading) => [plainHeading(heading), column] as const),
    ),
  );
  return (heading) => names.get(plainHeading(heading));
}

/** Whether one of the first rows names all columns that cannot be missing. */
export function hasHeading(rows: readonly RawRow[], shape: TableShape): boolean {
  return rows.slice(0, HEADING_WITHIN_ROWS).some((row) => missingIn(row, shape).length === 0);
}

function missingIn({ cells }: RawRow, shape: TableShape): string[] {
  const nameOf = columnNamer(shape);
  const named = new Set(cells.map(({ text }) => nameOf(text)));
  return Object.entries(shape.columns).flatMap(([column, { isRequired }]) =>
    isRequired && !named.has(column) ? [column] : [],
  );
}

/**
 * Finds the row of headings and names the cells below it. Rows without a word are left out.
 * @throws Failure invalid-message / table-empty, table-columns-missing, table-columns-doubled, too-large / table-too-large
 */
export function arrange(raw: readonly RawRow[], shape: TableShape): Table {
  const rows = raw.filter(({ cells }) => cells.some(({ text, fault }) => text !== '' || fault !== undefined));
  const candidates = rows.slice(0, HEADING_WITHIN_ROWS).map((row) => missingIn(row, shape));
  const [leastMissing] = candidates.toSorted((a, b) => a.length - b.length);
  if (leastMissing === undefined) throw new Failure('invalid-message', 'no rows', { reason: 'table-empty' });
  if (leastMissing.length > 0)
    throw new Failure('invalid-message', 'columns are missing', {
      reason: 'table-columns-missing',
      fields: leastMissing,
    });
  const headingAt = candidates.findIndex((missing) => missing.length === 0);
  const below = rows.slice(headingAt + 1);
  if (below.length === 0) throw new Failure('invalid-message', 'no rows', { reason: 'table-empty' });
  if (below.length > MAX_TABLE_ROWS)
    throw new Failure('too-large', `more than ${MAX_TABLE_ROWS} rows`, { reason: 'table-too-large' });
  return { ...nameColumns(rows[headingAt]?.cells ?? [], below, shape) };
}

function nameColumns(headings: readonly Cell[], rows: readonly RawRow[], shape: TableShape): Table {
  const nameOf = columnNamer(shape);
  const places = headings.map(({ text }) => nameOf(text));
  const columns = places.filter((one) => one !== undefined);
  const doubled = columns.filter((one, index) => columns.indexOf(one) !== index);
  if (doubled.length > 0)
    throw new Failure('invalid-message', 'a column stands there twice', {
      reason: 'table-columns-doubled',
      fields: [...new Set(doubled)],
    });
  return {
    columns,
    ignoredColumns: headings.flatMap(({ text }, at) => (places[at] === undefined && text !== '' ? [text] : [])),
    rows: rows.map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(
        places.flatMap((column, at) => (column === undefined ? [] : [[column, cells[at] ?? { text: '' }]])),
      ),
    })),
  };
}
