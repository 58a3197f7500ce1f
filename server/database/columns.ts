import type { EntitySchemaColumnOptions, QueryRunner, TableColumnOptions } from 'typeorm';

/** Random identifiers, kept as text so that both databases hold the same bytes. */
export const idColumn: EntitySchemaColumnOptions = { type: 'varchar', length: 36 };
/** Instants as ISO 8601 UTC text with milliseconds: sorts as time does, the same on both databases. */
export const instantColumn: EntitySchemaColumnOptions = { type: 'varchar', length: 24 };
export const nullable = (column: EntitySchemaColumnOptions): EntitySchemaColumnOptions => ({
  ...column,
  nullable: true,
});
export const primary = (column: EntitySchemaColumnOptions): EntitySchemaColumnOptions => ({ ...column, primary: true });
/** JSON in a text column; TypeORM turns it into an object and back. */
export const jsonColumn: EntitySchemaColumnOptions = { type: 'simple-json' };

/** What a column of codes may hold. */
export const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** Table columns for migrations, in the words of whichever database runs them. */
export function tableColumns(runner: QueryRunner) {
  const isMysql = runner.connection.options.type === 'mysql';
  const binary = isMysql ? { charset: 'ascii', collation: 'ascii_bin' } : {};
  return {
    id: (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
      name,
      type: 'varchar',
      length: '36',
      ...binary,
      ...options,
    }),
    instant: (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
      name,
      type: 'varchar',
      length: '24',
      ...binary,
      ...options,
    }),
    /** Codes, hashes, UIDs: ASCII, compared byte for byte. */
    code: (name: string, length = 64, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
      name,
      type: 'varchar',
      length: String(length),
      ...binary,
      ...options,
    }),
    text: (name: string, length = 255, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
      name,
      type: 'varchar',
      length: String(length),
      ...options,
    }),
    /** Anything long: notes, JSON. */
    long: (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
      name,
      type: isMysql ? 'longtext' : 'text',
      ...options,
    }),
    integer: (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
      name,
      type: isMysql ? 'bigint' : 'integer',
      ...options,
    }),
    flag: (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
      name,
      type: isMysql ? 'tinyint' : 'integer',
      ...options,
    }),
  };
}

/** bigint columns arrive as text from MySQL; all of ours fit a double. */
export const integerColumn: EntitySchemaColumnOptions = {
  type: 'bigint',
  transformer: {
    to: (value: number | null) => value,
    from: (value: string | number | null) => (value === null ? null : Number(value)),
  },
};
