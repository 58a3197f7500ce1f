import assert from 'node:assert/strict';
import type { HallClient } from '../../../client/hall/hall-client.ts';
import { startPosters } from '../../../client/theatre/poster-sending.ts';
import type { InputState } from '../../../client/theatre/theatre-input.ts';
import type { TheatreInputs } from '../../../client/theatre/theatre-inputs.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const OF_SERVER: Record<number, string> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
};

describe('the still picture of what is on air', () => {
  const kept = globalThis.fetch;
  let asked: string[];
  let refusals: number[];
  let clock: VirtualClock;
  let input: InputState;
  let end: () => void;

  beforeEach(() => {
    [asked, refusals, clock] = [[], [], new VirtualClock()];
    globalThis.fetch = async (_, { method = '' } = {}) => {
      asked.push(method);
      const status = (method === 'DELETE' && refusals.shift()) || 204;
      const code = OF_SERVER[status];
      const body = code && JSON.stringify({ code, message: 'no', requestId: 'r' });
      return new Response(status === 204 ? null : (body ?? 'a proxy says no'), { status });
    };
    input = {
      inputId: 'a',
      source: 'field',
      name: '',
      isOn: true,
      picture: 'masked',
      zones: [],
    } as unknown as InputState;
    end = startPosters({
      demonstrationId: 'd',
      accountId: 'theatre',
      clock,
      program: () => ({ layout: 'single', main: null, second: null }),
      client: { state: { phase: 'inside', cut: { number: 0, picture: false, sound: false } } } as HallClient,
      inputs: {
        takePoster: async () => new Blob(['jpeg']),
        get state() {
          return { inputs: [input] };
        },
      } as unknown as TheatreInputs,
    });
  });
  afterEach(() => {
    end();
    globalThis.fetch = kept;
  });
  const drawMask = (width = 0.5) => {
    input = { ...input, zones: [{ x: 0, y: 0, width, height: 0.5 }] };
  };

  it('is taken back as soon as a mask is drawn, and another one sent', async () => {
    await clock.pass(1_000);
    drawMask();
    await clock.pass(1_500);
    assert.deepEqual(asked, ['PUT', 'DELETE', 'PUT']);
  });

  it('is taken back again and again while a proxy or the server refuses for now, and nothing is sent before', async () => {
    refusals = [429, 401, 503];
    await clock.pass(1_000);
    drawMask();
    await clock.pass(12_000);
    assert.deepEqual(asked.slice(0, 6), ['PUT', 'DELETE', 'DELETE', 'DELETE', 'DELETE', 'PUT']);
  });

  it('is not asked for by whoever has no part in it any more', async () => {
    for (const [index, status] of [403, 404, 409].entries()) {
      await clock.pass(8_000);
      [refusals, asked] = [[status], []];
      drawMask(0.1 * (index + 1));
      await clock.pass(4_000);
      assert.deepEqual(asked, ['DELETE', 'PUT'], String(status));
    }
  });
});
