/** One fragment of a live playlist. */
export interface LiveFragment {
  url: string;
  /** Never falls. */
  number: number;
  durationS: number;
}
export interface LivePlaylist {
  /** null: nothing can be had yet. */
  initUrl: string | null;
  fragments: LiveFragment[];
}

/** Reads what the server writes of a live demonstration (RFC 8216). @throws Error where it is no such playlist */
export function parsePlaylist(text: string, address: string): LivePlaylist {
  const lines = text.split(/\r?\n/);
  const tagged = (tag: string) => lines.find((line) => line.startsWith(`#${tag}:`))?.slice(tag.length + 2);
  const init = /URI="([^"]+)"/.exec(tagged('EXT-X-MAP') ?? '')?.[1];
  const first = Number(tagged('EXT-X-MEDIA-SEQUENCE') ?? Number.NaN);
  if (lines[0] !== '#EXTM3U' || !Number.isInteger(first)) throw new Error('no playlist of a live demonstration');
  const fragments: LiveFragment[] = [];
  let durationS = 0;
  for (const line of lines)
    if (line.startsWith('#EXTINF:')) durationS = Number.parseFloat(line.slice('#EXTINF:'.length));
    else if (line !== '' && !line.startsWith('#'))
      fragments.push({ url: new URL(line, address).href, number: first + fragments.length, durationS });
  return { initUrl: init === undefined ? null : new URL(init, address).href, fragments };
}
