/** One media type with its parameters, RFC 9110 section 8.3.1; type and parameter names in lower case. */
export interface MediaType {
  type: string;
  parameters: Map<string, string>;
}

/** Reads a Content-Type. undefined where it is none. */
export function parseMediaType(text: string): MediaType | undefined {
  const [type = '', ...rest] = splitOutsideQuotes(text, ';');
  const name = type.trim().toLowerCase();
  if (!/^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+$/.test(name)) return undefined;
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const equals = part.indexOf('=');
    if (equals < 1) continue;
    parameters.set(part.slice(0, equals).trim().toLowerCase(), unquoted(part.slice(equals + 1).trim()));
  }
  return { type: name, parameters };
}

/**
 * Media ranges of an Accept header, the most wanted first; those with `q=0` and those that are no media type are left out.
 * An empty list means that nothing was said; a header that leaves nothing over gives one range that no type fits.
 */
export function parseAccept(text: string): MediaType[] {
  if (text.trim() === '') return [];
  const ranges = splitOutsideQuotes(text, ',')
    .flatMap((range) => parseMediaType(range) ?? [])
    .map((range) => ({ range, quality: qualityOf(range) }))
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ range }) => range);
  return ranges.length > 0 ? ranges : [{ type: '', parameters: new Map() }];
}

/** Whether a range such as `image/*` takes a type. */
export function takes(range: string, type: string): boolean {
  const name = type.toLowerCase();
  return range === '*/*' || range === name || (range.endsWith('/*') && name.startsWith(range.slice(0, -1)));
}

function qualityOf({ parameters }: MediaType): number {
  const quality = Number(parameters.get('q') ?? '1');
  return Number.isFinite(quality) ? quality : 1;
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = [];
  let quoted = false;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (quoted && character === '\\') index += 1;
    else if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function unquoted(text: string): string {
  return text.startsWith('"') && text.endsWith('"') && text.length >= 2
    ? text.slice(1, -1).replace(/\\(.)/g, '$1')
    : text;
}
