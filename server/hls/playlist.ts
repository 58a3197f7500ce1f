import type { HlsState } from '../../sfu/contract/hls.ts';

/**
 * A live media playlist (RFC 8216 section 4.3). Names are relative to its own address. `EXT-X-PROGRAM-DATE-TIME` is the server machine's clock;
 * a stream that was begun anew counts as a discontinuity.
 */
export function playlistOf({ initName, fragmentMs, fragments, streamNumber, oldestNumber }: HlsState): string {
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.ceil(fragmentMs / 1000)}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MEDIA-SEQUENCE:${fragments[0]?.number ?? oldestNumber}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${streamNumber}`,
  ];
  if (initName) lines.push(`#EXT-X-MAP:URI="${initName}"`);
  for (const { name, beganAt } of fragments)
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${beganAt}`, `#EXTINF:${(fragmentMs / 1000).toFixed(3)},`, name);
  return `${lines.join('\n')}\n`;
}
