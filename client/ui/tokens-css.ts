import {
  CONTROL_PX,
  FONT_STACK,
  FONT_STACK_EN,
  MONO_STACK,
  PALETTES,
  PHONE_PX,
  RADIUS_PX,
  SPACE_PX,
  THUMB_PX,
  type Tone,
  TYPE_PX,
} from './tokens.ts';

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const pixels = (prefix: string, scale: Record<string, number>) =>
  Object.entries(scale).map(([step, px]) => `--${prefix}-${step}: ${px}px;`);

const colours = (tone: Tone) => [
  ...Object.entries(PALETTES[tone]).map(([name, value]) => `--${kebab(name)}: ${value};`),
  `--control: ${CONTROL_PX[tone]}px;`,
  `color-scheme: ${tone};`,
];

/** The tokens as CSS custom properties: `--space-4`, `--type-base`, `--radius-control`, `--text-secondary`, … */
export function tokensCss(): string {
  const shared = [
    ...pixels('space', SPACE_PX),
    ...pixels('type', TYPE_PX),
    ...pixels('radius', RADIUS_PX),
    `--font: ${FONT_STACK};`,
    `--mono: ${MONO_STACK};`,
  ];
  return [
    `:root {\n  ${shared.join('\n  ')}\n}`,
    `:root:lang(en) {\n  --font: ${FONT_STACK_EN};\n}`,
    `:root,\n[data-tone="light"] {\n  ${colours('light').join('\n  ')}\n}`,
    `[data-tone="dark"] {\n  ${colours('dark').join('\n  ')}\n}`,
    `@media (max-width: ${PHONE_PX}px) {\n  :root,\n  [data-tone] {\n    --control: ${THUMB_PX}px;\n  }\n}`,
    '',
  ].join('\n\n');
}
