import assert from 'node:assert/strict';
import { ringsFor } from '../../../server/call/call.ts';
import { Failure } from '../../../server/contract/index.ts';
import { createLimits } from '../../../server/realtime/limits.ts';
import { watchSession } from '../../../server/realtime/session-watch.ts';

describe('what one connection may send', () => {
  it('[RT6] is a burst of 120 requests and 30 a second after it', () => {
    let nowMs = 0;
    const limits = createLimits(
      () => assert.fail('not a flood'),
      () => nowMs,
    );
    const admitted = (tries: number): number => {
      let count = 0;
      for (let one = 0; one < tries; one += 1)
        try {
          limits.admit('chat:post');
          count += 1;
        } catch (thrown) {
          assert.ok(thrown instanceof Failure && thrown.code === 'rate-limited');
        }
      return count;
    };
    assert.equal(admitted(200), 120);
    nowMs += 1000;
    assert.equal(admitted(200), 30);
    nowMs += 60_000;
    assert.equal(admitted(200), 120);
  });

  it('[RT6] is forty pointer moves a second, the rest dropped, and no request is refused for them', () => {
    let nowMs = 0;
    const limits = createLimits(
      () => assert.fail('not a flood'),
      () => nowMs,
    );
    let passed = 0;
    for (let second = 0; second < 10; second += 1) {
      for (let one = 0; one < 100; one += 1) {
        limits.admit('pointer:move');
        if (limits.passes('pointer:move')) passed += 1;
        nowMs += 10;
      }
    }
    assert.ok(passed >= 400 && passed <= 440, `${passed} in ten seconds`);
    limits.admit('chat:post');
    assert.ok(limits.passes('viewport:move'), 'one stream does not use up the other');
  });

  it('[RT6] ends a connection that does not stop', () => {
    let floods = 0;
    const limits = createLimits(
      () => {
        floods += 1;
      },
      () => 0,
    );
    for (let one = 0; one < 5000; one += 1)
      try {
        limits.admit('review:open');
      } catch {
        // Refused: counted.
      }
    assert.equal(floods, 1);
  });
});

describe('a session behind a socket', () => {
  const run = async (parts: {
    open: boolean;
    inCall: boolean;
    requests: string[];
  }): Promise<{ used: number; ended: number }> => {
    const counts = { used: 0, ended: 0 };
    await new Promise<void>((resolve) => {
      const watch = watchSession({
        checkMs: 5,
        use: async () => {
          counts.used += 1;
        },
        isOpen: async () => parts.open,
        isThere: async () => {
          setImmediate(resolve);
          return parts.inCall;
        },
        onEnded: () => {
          counts.ended += 1;
          watch.close();
          resolve();
        },
        onError: (err) => assert.fail(String(err)),
      });
      for (const name of parts.requests) watch.saw(name);
      if (parts.requests.some((name) => name === 'annotation:put')) setTimeout(resolve, 30);
    });
    return counts;
  };

  it('[RT7] ends the connection once it has expired', async () => {
    assert.deepEqual(await run({ open: false, inCall: false, requests: [] }), { used: 0, ended: 1 });
  });

  it('stays in use while the person draws, or sits in a call without touching anything', async () => {
    assert.ok((await run({ open: true, inCall: false, requests: ['annotation:put'] })).used >= 1);
    assert.ok((await run({ open: true, inCall: true, requests: [] })).used >= 1);
  });

  it('is not kept alive by what a forgotten window sends on its own', async () => {
    assert.equal((await run({ open: true, inCall: false, requests: ['review:open', 'quality:report'] })).used, 0);
  });
});

describe('ringing', () => {
  const call = {
    callId: 'call',
    consultationId: 'case',
    startedAt: '2026-01-02T00:00:00.000Z',
    startedBy: 'chen',
    endedAt: null,
  };
  const soon = new Date('2026-01-02T00:01:00.000Z');

  it('[CA2] reaches whoever comes within three minutes, but not the one who called nor who has answered', () => {
    assert.equal(ringsFor(call, 'li', false, soon), true);
    assert.equal(ringsFor(call, 'chen', false, soon), false);
    assert.equal(ringsFor(call, 'li', true, soon), false);
    assert.equal(ringsFor({ ...call, endedAt: '2026-01-02T00:00:30.000Z' }, 'li', false, soon), false);
    assert.equal(ringsFor(call, 'li', false, new Date('2026-01-02T00:02:59.999Z')), true);
    assert.equal(ringsFor(call, 'li', false, new Date('2026-01-02T00:03:00.000Z')), false);
  });
});
