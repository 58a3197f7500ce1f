import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { en } from '../../client/i18n/en.ts';
import { zhCn } from '../../client/i18n/zh-CN.ts';
import { assignColours, colourOn } from '../../client/review/overlay/colours.ts';
import { PLATE_FILL } from '../../client/review/overlay/plates.ts';
import { PALETTES, type Palette } from '../../client/ui/tokens.ts';

/** Relative luminance of `#rrggbb`, WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

const SURFACES = ['background', 'surface', 'raised'] as const satisfies (keyof Palette)[];
const SOFT = ['primarySoft', 'dangerSoft', 'warningSoft', 'successSoft'] as const satisfies (keyof Palette)[];

/** What is written in which colour on what. */
const WRITTEN: Partial<Record<keyof Palette, readonly (keyof Palette)[]>> = {
  text: [...SURFACES, ...SOFT],
  textSecondary: [...SURFACES, ...SOFT],
  primary: [...SURFACES, 'primarySoft'],
  danger: [...SURFACES, 'dangerSoft'],
  warning: [...SURFACES, 'warningSoft'],
  success: [...SURFACES, 'successSoft'],
  onPrimary: ['primary', 'primaryHover', 'danger'],
};

describe('reading the pages', () => {
  for (const [tone, palette] of Object.entries(PALETTES)) {
    it(`has text of at least 4.5:1 on everything it stands on (${tone})`, () => {
      for (const [text, grounds] of Object.entries(WRITTEN))
        for (const ground of grounds) {
          const ratio = contrast(palette[text as keyof Palette], palette[ground]);
          assert.ok(ratio >= 4.5, `${text} on ${ground}: ${ratio.toFixed(2)}`);
        }
    });

    it(`shows where the focus is and where a field ends at 3:1 (${tone})`, () => {
      for (const ground of SURFACES)
        for (const edge of ['focus', 'borderStrong'] as const) {
          const ratio = contrast(palette[edge], palette[ground]);
          assert.ok(ratio >= 3, `${edge} on ${ground}: ${ratio.toFixed(2)}`);
        }
    });
  }

  it('has every text in both languages, with the same values filled in', () => {
    const compare = (path: string, one: unknown, other: unknown) => {
      if (typeof one === 'string' && typeof other === 'string') {
        assert.notEqual(other.trim(), '', path);
        const filled = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].sort();
        assert.deepEqual(filled(other), filled(one), path);
        return;
      }
      assert.ok(typeof one === 'object' && one !== null && typeof other === 'object' && other !== null, path);
      assert.deepEqual(Object.keys(other).sort(), Object.keys(one).sort(), path);
      for (const key of Object.keys(one))
        compare(`${path}.${key}`, Reflect.get(one, key) as unknown, Reflect.get(other, key) as unknown);
    };
    compare('texts', zhCn, en);
  });

  it('leaves no Chinese sentence in the English texts', () => {
    const search = (path: string, text: unknown) => {
      if (typeof text === 'object' && text !== null)
        for (const [key, value] of Object.entries(text)) search(`${path}.${key}`, value);
      else if (path !== 'texts.common.productName')
        assert.doesNotMatch(String(text), /\p{Script=Han}|[，。；：（）]/u, path);
    };
    search('texts', en);
  });

  it('has letters on the plates of marks that can be read in everybody’s colour, whatever picture lies below', async () => {
    const css = await readFile(new URL('../../client/review/overlay/overlay.css', import.meta.url), 'utf8');
    const colours = [...assignColours(Array.from({ length: 8 }, (_, person) => `person ${person}`)).values()];
    assert.equal(new Set(colours).size, 8);
    for (const [ground, below] of [
      ['dark', 255],
      ['light', 0],
    ] as const) {
      assert.ok(css.includes(PLATE_FILL[ground]), 'on the screen as in a key image');
      const [red = 0, green = 0, blue = 0, percent = 0] = (PLATE_FILL[ground].match(/\d+/g) ?? []).map(Number);
      const plate = [red, green, blue]
        .map((part) => Math.round((part * percent + below * (100 - percent)) / 100).toString(16))
        .map((digits) => digits.padStart(2, '0'));
      for (const colour of colours) {
        const ratio = contrast(colourOn(ground, colour), `#${plate.join('')}`);
        assert.ok(ratio >= 4.5, `${colour} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
  });

  it('says what hospitals say, and the width of a window before its level', () => {
    const search = (path: string, text: unknown, unusual: RegExp) => {
      if (typeof text === 'object' && text !== null)
        for (const [key, value] of Object.entries(text)) search(`${path}.${key}`, value, unusual);
      else assert.doesNotMatch(String(text), unusual, path);
    };
    search('texts', zhCn, /带看|特急|自带窗口|对调|设备给出|秒钟|\/min/);
    search('texts', en, /Nobody presents|[Ww]hom to ask|see to these|line is down/);
    for (const texts of [zhCn, en]) {
      for (const text of [texts.imaging.corner.window, ...Object.values(texts.imaging.preset).slice(1)])
        assert.match(text, /\{\{width\}\}.*\{\{center\}\}/);
    }
  });
});
