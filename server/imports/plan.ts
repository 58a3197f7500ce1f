import type { ImportColumn, ImportRow, TableLanguage } from '../contract/index.ts';
import type { ImportStep } from './store.ts';

/** What importing a file would do: how each row is shown, and the steps in the order in which they can be done. */
export interface Plan {
  rows: ImportRow[];
  steps: ImportStep[];
}

/** In what a plan is made for. */
export interface PlanFrame {
  /** Those that the file has, in its order. */
  columns: readonly ImportColumn[];
  /** In which what stands there now is shown. */
  language: TableLanguage;
}

const ROWS_A_TURN = 200;

/** Looks at row after row; in between others get their turn. */
export async function inTurns<T>(rows: readonly T[], look: (row: T) => Promise<void> | void): Promise<void> {
  for (const [index, row] of rows.entries()) {
    if (index % ROWS_A_TURN === ROWS_A_TURN - 1) await new Promise((resolve) => setImmediate(resolve));
    await look(row);
  }
}
