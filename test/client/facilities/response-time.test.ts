import assert from 'node:assert/strict';
import { minutesOf } from '../../../client/facilities/response-time.ts';
import { createFormats } from '../../../client/i18n/formats.ts';

describe('response times of an agreement', () => {
  it('are typed as people write them, in either language', () => {
    const typed = {
      '30': 30,
      '90 分钟': 90,
      '２小时': 120,
      '2 h': 120,
      '9天': 12_960,
      '1 Day': 1440,
      ' 36 hours ': 2160,
    };
    for (const [text, minutes] of Object.entries(typed)) assert.equal(minutesOf(text), minutes, text);
    assert.equal(minutesOf('  '), null, 'empty: as usual');
    for (const text of ['0', '-5', '2.5 h', '两天', '61 天', '86401', '3 周', 'd'])
      assert.equal(minutesOf(text), undefined, text);
  });

  it('are shown without rounding, and what is shown can be typed again', () => {
    const { agreed } = createFormats('zh-CN');
    assert.deepEqual([90, 2160, 12_960].map(agreed), ['90分钟', '36小时', '9天']);
    for (const { agreed: format } of [createFormats('zh-CN'), createFormats('en')])
      for (let minutes = 1; minutes <= 86_400; minutes += 7) assert.equal(minutesOf(format(minutes)), minutes);
  });
});
