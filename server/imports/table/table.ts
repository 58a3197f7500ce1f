import type { FailureCode, FailureReason } from '../../contract/failure.ts';

/** How a cell came out of the file, where it cannot be taken for what was typed. */
export type CellFault = 'cell-formula' | 'cell-merged' | 'cell-date' | 'cell-error' | 'digits-lost';

export interface Cell {
  /** Without the space around it. */
  text: string;
  fault?: CellFault;
}

/** A line of a file or a row of a sheet before its columns are known. */
export interface RawRow {
  /** From 1. */
  line: number;
  cells: Cell[];
}

/** The headings that each column may have, the first of each language foremost. */
export interface TableShape {
  columns: Readonly<Record<string, { headings: readonly string[]; isRequired: boolean }>>;
  /** What a sheet of such rows may be called; a workbook without one is read by its first sheet. */
  sheets: readonly string[];
}

export interface TableRow {
  line: number;
  cells: Record<string, Cell>;
}

export interface Table {
  /** Of the shape, in the order of the file. */
  columns: string[];
  ignoredColumns: string[];
  rows: TableRow[];
}

export const MAX_TABLE_BYTES = 8 * 1024 ** 2;
/** 5,000 people are a large hospital. */
export const MAX_TABLE_ROWS = 10_000;
export const MAX_TABLE_COLUMNS = 64;
/** Longer than any field of ours; what is longer is no cell that somebody typed. */
export const MAX_CELL_LENGTH = 4_000;

/** Excel keeps 15 digits (IEEE 754): a code of 18 that it took for a number has lost its last ones. */
const SCIENTIFIC = /^\d(\.\d+)?E\+\d+$/i;

export function cellOf(text: string): Cell {
  const trimmed = text.trim();
  return SCIENTIFIC.test(trimmed) ? { text: trimmed, fault: 'digits-lost' } : { text: trimmed };
}

/** What a thread is asked that reads a table, and what it answers. */
export interface ReadRequest {
  bytes: Uint8Array;
  shape: TableShape;
}

export type ReadReply =
  | { table: Table }
  | {
      failure: {
        code: FailureCode;
        message: string;
        reason: FailureReason | undefined;
        fields: string[] | undefined;
      };
    }
  | { error: string };
