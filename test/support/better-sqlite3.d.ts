/** What the tests and measurements use of it; the product reaches it through TypeORM. */
declare module 'better-sqlite3' {
  export interface Statement {
    run(values: readonly (string | number | null)[]): unknown;
    all(...values: (string | number | null)[]): unknown[];
  }

  export default class Database {
    /** @param options timeout: how long, in milliseconds, to wait for another's lock. */
    constructor(file: string, options?: { timeout: number });
    exec(sql: string): this;
    prepare(sql: string): Statement;
    pragma(text: string): unknown;
    close(): this;
  }
}
