import assert from 'node:assert/strict';
import { startTakingBack } from '../../../client/theatre/taking-back.ts';
import type { TheatreInputs } from '../../../client/theatre/theatre-inputs.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

describe('what the theatre takes back from those who watch late', () => {
  const realFetch = globalThis.fetch;
  let asked: string[];
  let answer: number;
  let inputs: { inputId: string; isOn: boolean; picture: string; zones: { x: number }[] }[];
  let clock: VirtualClock;
  let stop: () => void;

  beforeEach(() => {
    asked = [];
    answer = 204;
    inputs = [
      { inputId: 'field', isOn: true, picture: 'masked', zones: [] },
      { inputId: 'room', isOn: false, picture: 'masked', zones: [] },
    ];
    globalThis.fetch = async (address, options) => {
      asked.push(`${options?.method} ${address}`);
      return new Response(null, { status: answer });
    };
    clock = new VirtualClock();
    const theatre = {
      get state() {
        return { inputs };
      },
    } as unknown as TheatreInputs;
    stop = startTakingBack({ demonstrationId: '7', inputs: theatre, isLive: () => true, clock });
  });
  afterEach(() => {
    stop();
    globalThis.fetch = realFetch;
  });
  const change = (index: number, what: Partial<(typeof inputs)[number]>) => {
    inputs = inputs.map((one, at) => (at === index ? { ...one, ...what } : one));
  };

  it('is all that shows what a new mask hides, at once and again once nothing is on its way', async () => {
    await clock.pass(5_000);
    change(1, { isOn: true });
    change(0, { picture: 'black' });
    await clock.pass(5_000);
    change(0, { picture: 'masked' });
    await clock.pass(5_000);
    assert.deepEqual(asked, [], 'what is added, or black for a moment, hides nothing');
    change(0, { zones: [{ x: 0.2 }] });
    await clock.pass(300);
    assert.deepEqual(asked, ['DELETE /api/demonstrations/7/hls']);
    await clock.pass(5_000);
    assert.equal(asked.length, 2);
  });

  it('is also what showed a picture that is taken away, and is asked for until the server has heard it', async () => {
    await clock.pass(1_000);
    answer = 429;
    change(0, { picture: 'reshaped' });
    await clock.pass(10_000);
    const tries = asked.length;
    assert.ok(tries >= 3, `${tries} tries`);
    answer = 204;
    await clock.pass(10_000);
    const done = asked.length;
    await clock.pass(10_000);
    assert.equal(asked.length, done, 'then no more');
    change(1, { isOn: true });
    await clock.pass(1_000);
    change(1, { isOn: false });
    await clock.pass(300);
    assert.equal(asked.length, done + 1, 'one that is sent no more');
  });
});
