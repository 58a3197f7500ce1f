import assert from 'node:assert/strict';
import { createFormats } from '../../../client/i18n/formats.ts';

/** What a computer set to that zone shows. */
function shownIn(zone: string, instant: string): { exact: string; clock: string; second: string } {
  const own = process.env['TZ'];
  process.env['TZ'] = zone;
  try {
    assert.equal(new Intl.DateTimeFormat().resolvedOptions().timeZone, zone);
    const { exact, clock, second } = createFormats('zh-CN');
    return { exact: exact(instant), clock: clock(instant), second: second(instant) };
  } finally {
    if (own === undefined) delete process.env['TZ'];
    else process.env['TZ'] = own;
  }
}

describe('times of day', () => {
  it('are those of China and say so, on a computer in Los Angeles, Urumqi or Beijing alike', () => {
    const instant = '2026-01-01T06:01:58.000Z';
    const shown = ['America/Los_Angeles', 'Asia/Urumqi', 'Asia/Shanghai'].map((zone) => shownIn(zone, instant));
    for (const { exact, second } of shown) {
      assert.equal(exact, '2026年1月1日 14:01:58（北京时间）');
      assert.equal(second, '2026年1月1日 14:01:58');
    }
    assert.deepEqual(
      shown.map(({ clock }) => clock),
      ['14:01（北京时间）', '14:01（北京时间）', '14:01'],
      'a short time names its zone where the computer has another',
    );
    assert.equal(createFormats('en').exact(instant), 'Jan 1, 2026, 14:01:58 (UTC+8)');
  });

  it('begin the day at 00, never at 24, and with the day of China', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const { exact, second, clock } = createFormats(language);
      for (const text of [exact, second, clock].map((format) => format('2026-03-08T16:05:09.000Z')))
        assert.match(text, /(^|\D)00:05/, text);
      assert.match(exact('2026-03-08T16:05:09.000Z'), language === 'en' ? /Mar 9, 2026/ : /2026年3月9日/);
    }
  });
});

describe('days', () => {
  it('are written as the language writes them, from a form and from DICOM', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const expected = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
      const { day } = createFormats(language);
      for (let at = Date.UTC(1919, 11, 31); at < Date.UTC(2032, 0, 1); at += 37 * 24 * 3600 * 1000) {
        const iso = new Date(at).toISOString().slice(0, 10);
        assert.equal(day(iso), expected.format(at));
        assert.equal(day(iso.replaceAll('-', '')), expected.format(at));
      }
      assert.equal(day('1956 circa'), '1956 circa');
    }
  });
});
