/** What the tests use of it; the product reaches it through TypeORM. */
declare module 'better-sqlite3' {
  export default class Database {
    /** @param options timeout: how long, in milliseconds, to wait for another's lock. */
    constructor(file: string, options: { timeout: number });
    exec(sql: string): this;
    close(): this;
  }
}
