import assert from 'node:assert/strict';
import { parsePlaylist } from '../../../client/hls/playlist.ts';
import { playlistOf } from '../../../server/hls/playlist.ts';

const ADDRESS = 'https://huizhen.example.org/api/demonstrations/1/hls/live.m3u8';
const fragment = (number: number) => ({
  name: `abc-${number}.m4s`,
  number,
  beganAt: new Date(number * 2_000).toISOString(),
});

describe('the playlist of a live demonstration', () => {
  it('is read by the page as the server wrote it', () => {
    const text = playlistOf({
      initName: 'abc-init.mp4',
      streamNumber: 7,
      fragmentMs: 2_000,
      oldestNumber: 35,
      fault: null,
      fragments: [fragment(41), fragment(42)],
    });
    const { initUrl, fragments } = parsePlaylist(text, ADDRESS);
    assert.equal(initUrl, ADDRESS.replace('live.m3u8', 'abc-init.mp4'));
    assert.deepEqual(fragments, [
      { url: ADDRESS.replace('live.m3u8', 'abc-41.m4s'), number: 41, durationS: 2 },
      { url: ADDRESS.replace('live.m3u8', 'abc-42.m4s'), number: 42, durationS: 2 },
    ]);
    assert.match(text, /#EXT-X-MEDIA-SEQUENCE:41\n/);
    assert.match(text, /#EXT-X-DISCONTINUITY-SEQUENCE:7\n/);
    assert.doesNotMatch(text, /ENDLIST/);
  });

  it('is told from a page that stands in its place', () => {
    assert.throws(() => parsePlaylist('<!doctype html>', ADDRESS), /no playlist/);
  });
});
