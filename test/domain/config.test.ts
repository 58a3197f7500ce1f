import assert from 'node:assert/strict';
import { loadConfig } from '../../server/config.ts';

describe('the environment', () => {
  it('is optional: a plain start keeps SQLite in ./data, with the demo network', () => {
    const config = loadConfig({});
    assert.equal(config.databaseUrl, 'sqlite:./data/huizhen.sqlite');
    assert.equal(config.port, 3000);
    assert.equal(config.isDemo, true);
  });

  it('is refused as a whole, naming every variable at fault and no value', () => {
    assert.throws(
      () =>
        loadConfig({ PORT: 'many', DATABASE_URL: 'postgres://user:secret@host/db', ROOM_TOKEN_SECRET: 'short-secret' }),
      (err: Error) =>
        /PORT/.test(err.message) &&
        /DATABASE_URL/.test(err.message) &&
        /ROOM_TOKEN_SECRET/.test(err.message) &&
        !/secret@|short-secret/.test(err.message),
    );
  });
});
