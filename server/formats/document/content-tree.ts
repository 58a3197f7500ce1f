import { CONTENT_VALUE_TYPES, type ContentValueType } from '../../contract/document-types.ts';
import type { ContentLine, DocumentText } from '../../contract/documents.ts';
import { type Attributes, findNumber, findString } from '../dicom/attributes.ts';
import { formatPersonName } from '../dicom/person-name.ts';

/** No report is deeper, or longer, on purpose. */
const MAX_DEPTH = 64;
const MAX_LINES = 20_000;
const MAX_TEXT = 20_000;

/**
 * The content tree of a structured report as lines of text, whatever its template (PS3.3 section C.17.3): concept names, values and
 * units as the report states them.
 */
export function readContentTree(root: Attributes): DocumentText {
  const lines: ContentLine[] = [];
  addChildren(root, 0, lines);
  return {
    title: conceptName(root),
    isComplete: flagOf(root, '0040A491', 'COMPLETE'),
    isVerified: flagOf(root, '0040A493', 'VERIFIED'),
    lines,
  };
}

function flagOf(root: Attributes, tag: string, yes: string): boolean | null {
  const value = findString(root, tag);
  return value === undefined ? null : value === yes;
}

function addChildren(item: Attributes, depth: number, lines: ContentLine[]): void {
  if (depth > MAX_DEPTH) return;
  for (const child of item.items('0040A730')) {
    if (lines.length >= MAX_LINES) return;
    const valueType = valueTypeOf(child);
    const text = textOf(child, valueType).slice(0, MAX_TEXT);
    lines.push({ depth, valueType, name: conceptName(child), text });
    addChildren(child, depth + 1, lines);
  }
}

/** An item without a value type points at another one (by-reference relationship, section C.17.3.2.5). */
function valueTypeOf(item: Attributes): ContentValueType {
  const stated = findString(item, '0040A040');
  return CONTENT_VALUE_TYPES.find((one) => one === stated) ?? 'REFERENCE';
}

const conceptName = (item: Attributes): string => meaningOf(item.items('0040A043')[0]);

/** Code Meaning, else the code itself, which may be long, or an address (PS3.3 table 8.8-1). */
function meaningOf(code: Attributes | undefined): string {
  if (!code) return '';
  const tags = ['00080104', '00080100', '00080119', '00080120'];
  return tags.map((tag) => findString(code, tag)).find((text) => text !== undefined) ?? '';
}

function textOf(item: Attributes, valueType: ContentValueType): string {
  switch (valueType) {
    case 'TEXT':
      return findString(item, '0040A160') ?? '';
    case 'NUM':
      return measured(item);
    case 'CODE':
      return meaningOf(item.items('0040A168')[0]);
    case 'DATETIME':
      return dateTime(findString(item, '0040A120') ?? '');
    case 'DATE':
      return date(findString(item, '0040A121') ?? '');
    case 'TIME':
      return time(findString(item, '0040A122') ?? '');
    case 'UIDREF':
      return findString(item, '0040A124') ?? '';
    case 'PNAME':
      return formatPersonName(findString(item, '0040A123') ?? '');
    case 'COMPOSITE':
    case 'IMAGE':
    case 'WAVEFORM':
      return referenced(item);
    case 'REFERENCE':
      return item.numbers('0040DB73', 'UL').join('.');
    default:
      return '';
  }
}

/** The value as its decimal string has it, so that no digit is added; PS3.3 table C.18.1-1. */
function measured(item: Attributes): string {
  const [value] = item.items('0040A300');
  if (!value) return meaningOf(item.items('0040A301')[0]);
  const number = findString(value, '0040A30A') ?? String(findNumber(value, '0040A161', 'FD') ?? '');
  const [unit] = value.items('004008EA');
  const code = unit && findString(unit, '00080100');
  // UCUM writes "no unit" as 1, or in braces what is counted.
  const name = code === undefined || code === '1' || code.startsWith('{') ? '' : code;
  return [number, name].filter(Boolean).join(' ');
}

/** The instance, with its frames where not all of them are meant. */
function referenced(item: Attributes): string {
  const [reference] = item.items('00081199');
  if (!reference) return '';
  const uid = findString(reference, '00081155') ?? '';
  const frames = reference.numbers('00081160', 'IS');
  return frames.length > 0 ? `${uid} [${frames.join(', ')}]` : uid;
}

const date = (text: string): string => text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
const time = (text: string): string =>
  text.replace(/^(\d{2})(\d{2})(\d{2})?(\.\d+)?$/, (_, h, m, s) => [h, m, s].filter(Boolean).join(':'));

/** `YYYYMMDDHHMMSS.FFFFFF&ZZXX`, PS3.5 table 6.2-1: what is left out at the end stays left out. */
function dateTime(text: string): string {
  const parts = /^(\d{8})(\d{4,6})?(?:\.\d+)?([+-]\d{4})?$/.exec(text);
  if (!parts) return text;
  const [, day = '', clock = '', offset = ''] = parts;
  return [date(day), clock && time(clock), offset && `UTC${offset.slice(0, 3)}:${offset.slice(3)}`]
    .filter(Boolean)
    .join(' ');
}
