import { strokeText } from './stroke-text.ts';

/** A sheet as the viewer lays it out by default: three rows of four leads, 2.5 s each, and ten seconds of II; 25 mm/s, 10 mm/mV. */
const COLUMNS = [
  ['I', 'II', 'III'],
  ['aVR', 'aVL', 'aVF'],
  ['V1', 'V2', 'V3'],
  ['V4', 'V5', 'V6'],
];
const MM_PER_S = 25;
const MM_PER_MV = 10;
const COLUMN_S = 2.5;
const ROW_MM = 40;
const EDGE_MM = 5;
const LEFT_MM = 15;
const ROWS = 4;
export const SHEET = { widthMm: LEFT_MM + 250 + EDGE_MM, heightMm: 2 * EDGE_MM + ROWS * ROW_MM } as const;

const PAPER = '#fff7f5';
const FINE = '#f6cfc9';
const COARSE = '#e79a92';
const INK = '#111111';

export interface PaperLead {
  name: string;
  uv: Float64Array;
}

const baselineMm = (row: number) => EDGE_MM + row * ROW_MM + ROW_MM / 2;

/** Where a lead's voltage is on the sheet, in mm; undefined: the sheet does not show that time of that lead. */
export function placeOnPaper(name: string, timeS: number, amplitudeUv: number): { x: number; y: number } | undefined {
  const column = COLUMNS.findIndex((names) => names.includes(name));
  const row = COLUMNS[column]?.indexOf(name) ?? -1;
  const shown = timeS - column * COLUMN_S;
  if (row < 0 || shown < 0 || shown > COLUMN_S) return undefined;
  return { x: LEFT_MM + timeS * MM_PER_S, y: baselineMm(row) - (amplitudeUv / 1000) * MM_PER_MV };
}

/** The whole sheet as SVG, in millimetres. @param marks drawn above the traces. */
export function drawPaper(leads: readonly PaperLead[], rateHz: number, marks: string, pxPerMm: number): string {
  const { widthMm, heightMm } = SHEET;
  const find = (name: string) => leads.find((lead) => lead.name === name)?.uv ?? new Float64Array();
  const strips = COLUMNS.flatMap((names, column) =>
    names.map((name, row) => ({ name, row, fromS: column * COLUMN_S, toS: (column + 1) * COLUMN_S })),
  );
  const all = [...strips, { name: 'II', row: ROWS - 1, fromS: 0, toS: 10 }];
  const traces = all.map(({ name, row, fromS, toS }) => trace(find(name), rateHz, row, fromS, toS));
  const names = all.map(({ name, row, fromS }) =>
    strokeText(name, { x: LEFT_MM + fromS * MM_PER_S + 1, y: baselineMm(row) - 14 }, 3, INK),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${widthMm * pxPerMm}" height="${heightMm * pxPerMm}" viewBox="0 0 ${widthMm} ${heightMm}">
    <rect width="${widthMm}" height="${heightMm}" fill="${PAPER}"/>
    ${grid(1, FINE, 0.12)}${grid(5, COARSE, 0.2)}
    <g fill="none" stroke="${INK}" stroke-width="0.3" stroke-linejoin="round">${traces.join('')}${pulses()}</g>
    ${names.join('')}
    ${strokeText('25 mm/s  10 mm/mV', { x: LEFT_MM, y: heightMm - EDGE_MM - 2 }, 2.6, INK)}
    ${marks}
  </svg>`;
}

function grid(stepMm: number, colour: string, widthMm: number): string {
  const lines: string[] = [];
  for (let x = 0; x <= SHEET.widthMm; x += stepMm) lines.push(`M${x} 0V${SHEET.heightMm}`);
  for (let y = 0; y <= SHEET.heightMm; y += stepMm) lines.push(`M0 ${y}H${SHEET.widthMm}`);
  return `<path fill="none" stroke="${colour}" stroke-width="${widthMm}" d="${lines.join('')}"/>`;
}

function trace(uv: Float64Array, rateHz: number, row: number, fromS: number, toS: number): string {
  const points: string[] = [];
  for (let index = Math.round(fromS * rateHz); index < Math.min(uv.length, toS * rateHz); index += 1) {
    const y = baselineMm(row) - ((uv[index] ?? 0) / 1000) * MM_PER_MV;
    points.push(`${(LEFT_MM + (index / rateHz) * MM_PER_S).toFixed(2)} ${y.toFixed(2)}`);
  }
  return `<path d="M${points.join('L')}"/>`;
}

/** 1 mV for 0.2 s at the head of each row. */
function pulses(): string {
  return Array.from({ length: ROWS }, (_, row) => {
    const y = baselineMm(row);
    return `<path d="M${EDGE_MM} ${y}h2v${-MM_PER_MV}h5v${MM_PER_MV}h2"/>`;
  }).join('');
}
