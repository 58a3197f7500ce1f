import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { HlsOrder, HlsState } from '../../sfu/contract/hls.ts';
import { notices, RoomTokenClaims, requests, SFU_CONTRACT_VERSION, SfuHandshake } from '../../sfu/contract/index.ts';

/** The media signalling of each version. A changed hash means that a client of the last release and this sfu may misunderstand each other. */
const PINNED = { version: 10, sha256: '831ada3fdeafc355706dd9a70de3b4674d8f2191afc6451a4fc9823d3e5ea423' };

const schemaOf = (schema: z.ZodType) => ({
  input: z.toJSONSchema(schema, { io: 'input' }),
  output: z.toJSONSchema(schema, { io: 'output' }),
});

describe('the sfu’s wire contract', () => {
  it('changes only together with its version', () => {
    const wire = canonicalize({
      requests: Object.entries(requests).map(([name, { input, reply }]) => [name, schemaOf(input), schemaOf(reply)]),
      notices: Object.entries(notices).map(([name, notice]) => [name, schemaOf(notice)]),
      handshake: schemaOf(SfuHandshake),
      claims: schemaOf(RoomTokenClaims),
    });
    assert.ok(wire);
    const sha256 = createHash('sha256').update(wire).digest('hex');
    assert.deepEqual({ version: SFU_CONTRACT_VERSION, sha256 }, PINNED);
  });

  it('lets HLS go on while servers and sfus of two releases stand beside each other', () => {
    const program = { layout: 'single', main: null, second: null };
    assert.deepEqual(HlsOrder.parse({ program }), { program });
    const state = { initName: null, streamNumber: 0, fragmentMs: 2_000, fragments: [] };
    assert.deepEqual(HlsState.parse(state), { ...state, fault: null, oldestNumber: 0 });
  });
});
