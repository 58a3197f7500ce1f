import {
  type CalibrationPulse,
  type EcgLayout,
  type PaperSetting,
  PULSE_MV,
  PULSE_S,
  SHEET_S,
  type Sheet,
  type Strip,
  stripX,
  stripY,
} from './paper.ts';

const STANDARD = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] as const;
/** The rhythm strip, from the best choice on. */
const RHYTHM = ['II', 'V1', 'I'];
/** Whole 5 mm squares, so that rows stand alike on the grid; 3×4 and a rhythm strip, 6×2 and 12×1 all fit A4 across at 25 mm/s. */
const ROW_MM: Record<EcgLayout, number> = { '3x4+1': 40, '6x2': 30, '12x1': 15 };
const COLUMNS: Record<EcgLayout, number> = { '3x4+1': 4, '6x2': 2, '12x1': 1 };
const EDGE_MM = 5;

/** A sheet grows by no more than this for the sake of a trace that leaves it: an electrode that fell off reaches metres. */
const MAX_REACH_MM = 60;

/** What the layout needs to know of a lead; a `Trace` has it. */
export interface LayoutLead {
  name: string;
  /** The lowest and the highest of the whole record, so that every sheet of it is laid out alike. */
  minUv: number;
  maxUv: number;
  /** First and last sample, seconds after the group's begin. Left out: all of the group. */
  ownS?: readonly [fromS: number, toS: number];
  /** What stands on the paper instead of the name: how a lead that was not stored was computed. Left out or '': the name. */
  formula?: string;
}

/** What the layout needs to know of a multiplex group. */
export interface LayoutGroup {
  originality: 'ORIGINAL' | 'DERIVED';
  leads: readonly LayoutLead[];
}

/**
 * Places a group's leads on a sheet that begins at `startS`. Columns follow one another in time, as on the paper of a
 * twelve-lead machine; a beat that the device computed is shown whole in each. Leads beyond the twelve get rows of their own
 * below; a record that has none of the twelve is one lead below another. Rows may overlap, as on paper; above the first and
 * below the last the sheet has room for what reaches there.
 */
export function layOutSheet(group: LayoutGroup, setting: PaperSetting, startS: number): Sheet {
  const { layout, speedMmPerS } = setting;
  const standard = STANDARD.filter((name) => group.leads.some((lead) => lead.name === name));
  const columns = standard.length === 0 ? 1 : COLUMNS[layout];
  const rowMm = ROW_MM[standard.length === 0 ? '12x1' : layout];
  const leftMm = EDGE_MM + PULSE_S * speedMmPerS + EDGE_MM;
  const strips: Strip[] = [];
  const place = (name: string, lead: number | null, column: number, row: number, rhythm: boolean) =>
    strips.push(stripOf(group, { name, lead, column, row, rhythm }, { columns, rowMm, leftMm, speedMmPerS, startS }));
  const indexOf = (name: string) => leadNamed(group.leads, name);

  // Without columns a lead that is lacking needs no place.
  const grid = columns === 1 ? standard : STANDARD;
  const rows = Math.ceil(grid.length / columns);
  for (const [index, name] of grid.entries()) place(name, indexOf(name), Math.floor(index / rows), index % rows, false);
  let row = rows;
  if (layout === '3x4+1' && columns > 1) {
    const name = RHYTHM.find((candidate) => indexOf(candidate) !== null) ?? standard[0] ?? '';
    place(name, longestLead(group.leads, name), 0, row, true);
    row += 1;
  }
  const placed = new Set(strips.map(({ lead }) => lead));
  for (const [index, { name }] of group.leads.entries()) {
    if (placed.has(index)) continue;
    place(name, index, 0, row, columns > 1);
    row += 1;
  }
  const heightMm = EDGE_MM + row * rowMm + EDGE_MM;
  const reach = reachOf(strips, group.leads, setting, heightMm);
  for (const strip of strips) {
    strip.topMm += reach.aboveMm;
    strip.bottomMm += reach.aboveMm;
    strip.baselineMm += reach.aboveMm;
  }
  return {
    setting,
    widthMm: leftMm + SHEET_S * speedMmPerS + EDGE_MM,
    heightMm: reach.aboveMm + heightMm + reach.belowMm,
    strips,
    pulses: pulsesOf(strips),
  };
}

/** Where a strip stands, and what. */
interface StripPlace {
  name: string;
  lead: number | null;
  column: number;
  row: number;
  rhythm: boolean;
}

interface GridSize {
  columns: number;
  rowMm: number;
  leftMm: number;
  speedMmPerS: number;
  startS: number;
}

function stripOf(
  group: LayoutGroup,
  { name, lead, column, row, rhythm }: StripPlace,
  { columns, rowMm, leftMm, speedMmPerS, startS }: GridSize,
): Strip {
  const columnS = SHEET_S / columns;
  const full = columns === 1 || rhythm;
  const offsetS = full || group.originality === 'DERIVED' ? 0 : column * columnS;
  const [fromS, toS] = (lead !== null && group.leads[lead]?.ownS) || [0, Number.POSITIVE_INFINITY];
  // A lead that was recorded no longer than its column is wide stands there in its own time.
  const isOwn = !full && toS - fromS <= columnS + 1e-6;
  const beginS = isOwn ? fromS : startS + offsetS;
  const topMm = EDGE_MM + row * rowMm;
  return {
    lead,
    name: (lead !== null && group.leads[lead]?.formula) || name,
    rhythm,
    leftMm: leftMm + (full ? 0 : column * columnS * speedMmPerS),
    baselineMm: topMm + Math.ceil(rowMm / 2),
    topMm,
    bottomMm: topMm + rowMm,
    startS: beginS,
    endS: beginS + (full ? SHEET_S : columnS),
  };
}

/** The first of that name; null: there is none. */
function leadNamed(leads: readonly LayoutLead[], name: string): number | null {
  const index = leads.findIndex((lead) => lead.name === name);
  return index === -1 ? null : index;
}

/** Of a lead that is there twice, the longer: the strip that was recorded as one. */
function longestLead(leads: readonly LayoutLead[], name: string): number | null {
  const lengthOf = (index: number) => {
    const [fromS, toS] = leads[index]?.ownS ?? [0, 0];
    return toS - fromS;
  };
  const all = leads.flatMap((lead, index) => (lead.name === name ? [index] : []));
  return all.reduce<number | null>(
    (best, index) => (best === null || lengthOf(index) > lengthOf(best) ? index : best),
    null,
  );
}

/** How far traces and pulses leave a sheet of this height, in whole 5 mm squares. */
function reachOf(strips: readonly Strip[], leads: readonly LayoutLead[], setting: PaperSetting, heightMm: number) {
  let aboveMm = 0;
  let belowMm = 0;
  for (const strip of strips) {
    const lead = strip.lead === null ? undefined : leads[strip.lead];
    const maxUv = Math.max(lead?.maxUv ?? 0, PULSE_MV * 1000);
    aboveMm = Math.max(aboveMm, -stripY(strip, setting, maxUv));
    belowMm = Math.max(belowMm, stripY(strip, setting, lead?.minUv ?? 0) - heightMm);
  }
  const squares = (mm: number) => Math.min(MAX_REACH_MM, Math.ceil(mm / 5) * 5);
  return { aboveMm: squares(aboveMm), belowMm: squares(belowMm) };
}

/** One for each row. */
function pulsesOf(strips: readonly Strip[]): CalibrationPulse[] {
  const rows = new Set(strips.map(({ baselineMm }) => baselineMm));
  return [...rows].map((baselineMm) => ({ leftMm: EDGE_MM, baselineMm }));
}

/** Where the last sheet of a record may begin: it is full, or the record's begin. */
export function lastStartS(group: { sampleCount: number; sampleRateHz: number }): number {
  return Math.max(0, group.sampleCount / group.sampleRateHz - SHEET_S);
}

/** The strip at a place of the sheet; beside all strips the nearest. undefined: the sheet has none. */
export function stripAt(sheet: Sheet, xMm: number, yMm: number): Strip | undefined {
  const distance = (strip: Strip) => {
    const rightMm = stripX(strip, sheet.setting, strip.endS);
    const dx = Math.max(strip.leftMm - xMm, xMm - rightMm, 0);
    const dy = Math.max(strip.topMm - yMm, yMm - strip.bottomMm, 0);
    return dx + dy;
  };
  return sheet.strips
    .filter(({ lead }) => lead !== null)
    .reduce<Strip | undefined>(
      (best, strip) => (best === undefined || distance(strip) < distance(best) ? strip : best),
      undefined,
    );
}
