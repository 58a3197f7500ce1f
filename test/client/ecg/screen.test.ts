import assert from 'node:assert/strict';
import { summarizeFilters } from '../../../client/ecg/filters.ts';
import { tilesOf } from '../../../client/ecg/print-pages.ts';
import { keepCardWidth, readScreenSize } from '../../../client/ecg/screen-size.ts';

describe('the line on the paper', () => {
  const filters = { lowHz: 0.05, highHz: 150, notchHz: null };
  const none = { lowHz: null, highHz: null, notchHz: null };

  it('names the filters that all leads went through, and no others', () => {
    assert.deepEqual(summarizeFilters([{ filters }, { filters: { ...filters } }]), filters);
    assert.equal(summarizeFilters([{ filters }, { filters: { ...filters, highHz: 40 } }]), 'mixed');
    assert.equal(summarizeFilters([{ filters: none }]), 'unknown');
    assert.equal(summarizeFilters([]), 'unknown');
  });
});

describe('a printed sheet', () => {
  it('is cut into pages between squares, with nothing left out and nothing twice', () => {
    for (const [widthMm, heightMm] of [
      [270, 170],
      [525, 190],
      [270, 310],
      [530, 395],
    ] as const) {
      const tiles = tilesOf({ widthMm, heightMm });
      const area = tiles.reduce((sum, tile) => sum + tile.widthMm * tile.heightMm, 0);
      assert.equal(area, widthMm * heightMm);
      for (const tile of tiles) {
        assert.ok(tile.leftMm % 5 === 0 && tile.topMm % 5 === 0 && tile.widthMm <= 285 && tile.heightMm <= 190);
      }
    }
    assert.equal(tilesOf({ widthMm: 270, heightMm: 190 }).length, 1);
  });
});

describe('the size of a screen', () => {
  const parts = (devicePixelRatio: number, width = 1920) => ({ screen: { width, height: 1080 }, devicePixelRatio });
  const storage = () => {
    const kept = new Map<string, string>();
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
  };

  it('is assumed until a bank card was laid on it, and says so', () => {
    const size = readScreenSize(storage(), parts(1));
    assert.equal(size.calibrated, false);
    assert.ok(Math.abs(size.cssPxPerMm - 3.7795) < 1e-3);
  });

  it('is right at every zoom of the page once calibrated, on this screen only', () => {
    const device = storage();
    assert.ok(keepCardWidth(device, parts(1), 428));
    assert.deepEqual(readScreenSize(device, parts(1)), { cssPxPerMm: 5, calibrated: true });
    // Zoomed to 200 %, a CSS pixel is twice as large.
    assert.deepEqual(readScreenSize(device, parts(2)), { cssPxPerMm: 2.5, calibrated: true });
    assert.equal(readScreenSize(device, parts(1, 2560)).calibrated, false);
  });

  it('is not taken from a slip of the hand or from what is not a number', () => {
    const device = storage();
    assert.equal(keepCardWidth(device, parts(1), 3), false);
    assert.equal(keepCardWidth(device, parts(1), 9000), false);
    assert.equal(keepCardWidth(device, parts(1), Number.NaN), false);
    device.setItem('ecg-screen:1920x1080', 'wide');
    assert.equal(readScreenSize(device, parts(1)).calibrated, false);
  });
});
