import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { CONTRACT_VERSION, FailureView, notices, requests, routes } from '../../../server/contract/index.ts';

/**
 * The wire of each version. A changed hash means that a client of the last release and this server may misunderstand each
 * other: raise CONTRACT_VERSION and pin the new hash beside it.
 */
const PINNED = { version: 57, sha256: '915fbc7b87c31067de85c19ae11c95a42a5e03f9f346d8aac47c776dc0473dbd' };

const schemaOf = (schema: z.ZodType) => ({
  input: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
  output: z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }),
});

describe('the wire contract', () => {
  it('changes only together with its version', () => {
    const wire = canonicalize({
      // In whichever order they are put together.
      routes: Object.entries(routes)
        .toSorted(([one], [other]) => one.localeCompare(other, 'en'))
        .map(([name, { method, path, status, access, params, query, body, reply }]) => ({
          name,
          method,
          path,
          status,
          access,
          schemas: [params, query, body, reply].map(schemaOf),
        })),
      requests: Object.entries(requests).map(([name, { input, reply }]) => ({
        name,
        schemas: [input, reply].map(schemaOf),
      })),
      notices: Object.entries(notices).map(([name, notice]) => ({ name, schema: schemaOf(notice) })),
      failure: schemaOf(FailureView),
    });
    assert.ok(wire);
    const sha256 = createHash('sha256').update(wire).digest('hex');
    assert.deepEqual({ version: CONTRACT_VERSION, sha256 }, PINNED);
  });

  it('has a line of history for each version', async () => {
    const protocol = await readFile(new URL('../../../server/contract/PROTOCOL.md', import.meta.url), 'utf8');
    const versions = [...protocol.matchAll(/^- \*\*(\d+)\*\* /gm)].map(([, version]) => Number(version));
    assert.deepEqual(
      versions,
      Array.from({ length: CONTRACT_VERSION }, (_, index) => CONTRACT_VERSION - index),
    );
  });
});
