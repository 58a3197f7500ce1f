/**
 * The one source of spacing, type and colour. CSS gets it as custom properties (tokens-css.ts), antd as its theme (theme.ts).
 * Every text colour has a contrast of at least 4.5:1 on each background of its tone (WCAG 2.2, 1.4.3).
 */
export const SPACE_PX = { 1: 4, 2: 8, 3: 12, 4: 16, 5: 24, 6: 32, 7: 48 } as const;

export const TYPE_PX = { small: 14, base: 16, large: 18, title: 22, display: 28 } as const;

export const RADIUS_PX = { control: 6, surface: 10 } as const;

/** Height of buttons and fields. Large in the office, where not all users are young; dense in the reading room. */
export const CONTROL_PX = { light: 42, dark: 32 } as const;

/** The same on a telephone, in either tone: a thumb's width (WCAG 2.2, 2.5.5). */
export const THUMB_PX = 44;
/** Windows up to this wide are a telephone's. */
export const PHONE_PX = 640;

export const FONT_STACK =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", system-ui, sans-serif';
/** Latin text first: in Chinese fonts its quotation marks are as wide as a character. */
export const FONT_STACK_EN = `"Segoe UI", "Helvetica Neue", "Noto Sans", system-ui, ${FONT_STACK}`;
export const MONO_STACK = '"SF Mono", Consolas, "Noto Sans Mono", "DejaVu Sans Mono", monospace';

export type Tone = 'light' | 'dark';

export interface Palette {
  background: string;
  surface: string;
  /** A surface lying on a surface: table heads, hovered lines. */
  raised: string;
  border: string;
  /** Edges of controls: 3:1 against the surface (WCAG 1.4.11). */
  borderStrong: string;
  text: string;
  textSecondary: string;
  primary: string;
  primaryHover: string;
  primarySoft: string;
  onPrimary: string;
  danger: string;
  dangerSoft: string;
  warning: string;
  warningSoft: string;
  success: string;
  successSoft: string;
  /** Lights and dots, where no text has to be read. */
  signalGreen: string;
  signalYellow: string;
  signalRed: string;
  focus: string;
  shadow: string;
}

/** The office: calm and clinical. */
const light: Palette = {
  background: '#f2f5f6',
  surface: '#ffffff',
  raised: '#f7f9fa',
  border: '#d5dee2',
  borderStrong: '#778892',
  text: '#17262e',
  textSecondary: '#4c5e68',
  primary: '#0e6574',
  primaryHover: '#0a5260',
  primarySoft: '#e2f0f2',
  onPrimary: '#ffffff',
  danger: '#b3261e',
  dangerSoft: '#fbeae9',
  warning: '#8a4f00',
  warningSoft: '#fdf1de',
  success: '#1b6b42',
  successSoft: '#e5f3eb',
  signalGreen: '#2c9c63',
  signalYellow: '#d99a1c',
  signalRed: '#cf3a31',
  focus: '#0b62c4',
  shadow: '0 1px 2px rgb(23 38 46 / 6%), 0 4px 16px rgb(23 38 46 / 6%)',
};

/** The reading room: neutral greys, so that the picture alone has brightness and colour. */
const dark: Palette = {
  background: '#0b0c0d',
  surface: '#151719',
  raised: '#1f2224',
  border: '#2e3235',
  borderStrong: '#6d757b',
  text: '#dcdfe1',
  textSecondary: '#a0a8ad',
  primary: '#8fb3c2',
  primaryHover: '#a8c6d2',
  primarySoft: '#232c30',
  onPrimary: '#0f1517',
  danger: '#ef938c',
  dangerSoft: '#38211f',
  warning: '#dfb672',
  warningSoft: '#33291a',
  success: '#86c3a0',
  successSoft: '#1d2c24',
  signalGreen: '#5fae83',
  signalYellow: '#d0a24c',
  signalRed: '#d9665e',
  focus: '#7db7f2',
  shadow: '0 2px 12px rgb(0 0 0 / 50%)',
};

export const PALETTES: Record<Tone, Palette> = { light, dark };
