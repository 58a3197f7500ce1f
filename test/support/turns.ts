import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';

/*
 * Two test files run at a time, each in a process of its own (`npm test`). Most bear a neighbour; those that hold the product to what it
 * does within a time on this machine do not. SQLite's locks keep the turns: many readers or one writer, and none outlives its process.
 */
const FOLDER = fileURLToPath(new URL('../../.build/', import.meta.url));
const LONGEST_WAIT_MS = 30 * 60_000;

let isNextAlone = false;
let turn: Database | undefined;

/** Called by a test file as it is read: nothing else of the suite runs beside it. */
export function alone(): void {
  isNextAlone = true;
}

export const mochaHooks = {
  beforeAll(this: Mocha.Context): void {
    // A file that is run by itself has no neighbours.
    if (process.env['MOCHA_WORKER_ID'] === undefined) return;
    this.timeout(LONGEST_WAIT_MS);
    mkdirSync(FOLDER, { recursive: true });
    turn = new Database(`${FOLDER}turns.sqlite`, { timeout: LONGEST_WAIT_MS });
    turn.exec(isNextAlone ? 'BEGIN EXCLUSIVE' : 'BEGIN; SELECT 1 FROM sqlite_schema');
    isNextAlone = false;
  },
  afterAll(): void {
    turn?.close();
    turn = undefined;
  },
};
