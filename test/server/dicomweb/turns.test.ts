import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { createFairQueue } from '../../../server/pictures/thread/fair-queue.ts';
import type { Client } from '../../support/client.ts';
import { readData } from '../../support/data.ts';
import { CT_SERIES, listData, readParts, stow } from '../../support/images.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('pictures that many people ask for', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let doctor: Client;
  let colleague: Client;
  let address: string;
  before(async () => {
    server = await startServer();
    doctor = await server.signIn('county-doctor');
    colleague = await server.signIn('county-coordinator');
    const [first = ''] = await listData(CT_SERIES);
    assert.equal((await stow(doctor, [await readData(first)])).status, 200);
    const [found] = (await (await doctor.fetch('/dicomweb/instances')).json()) as Record<string, { Value: string[] }>[];
    const uid = (tag: string) => found?.[tag]?.Value[0] ?? '';
    address = `/dicomweb/studies/${uid('0020000D')}/series/${uid('0020000E')}/instances/${uid('00080018')}`;
  });
  after(() => server?.close());

  async function draw(client: Client, query: string, signal?: AbortSignal): Promise<number> {
    const started = performance.now();
    const response = await client.fetch(`${address}/rendered?${query}`, signal ? { signal } : {});
    assert.equal(response.status, 200);
    await response.arrayBuffer();
    return performance.now() - started;
  }
  /** As large as a picture may be; each has another window, so that none is like the other. */
  const large = (number: number) => `viewport=4096,4096&window=${number},400,linear`;

  it('[DW10] come to one person while another’s large ones still wait, and nobody works for whoever has gone', async () => {
    await draw(colleague, 'viewport=32,32');
    const largeMs = await draw(doctor, large(-1));
    const leaving = new AbortController();
    let drawn = 0;
    const many = Array.from({ length: 40 }, (_, number) =>
      draw(doctor, large(number), leaving.signal).then(
        () => {
          drawn += 1;
        },
        () => undefined,
      ),
    );
    await wait(100);
    await draw(colleague, 'viewport=33,33');
    assert.ok(drawn <= 8, `${drawn} of 40 large pictures came first`);

    leaving.abort();
    await Promise.all(many);
    const smallMs = await draw(doctor, 'viewport=34,34');
    // Forty of them take ten times as long as one, however many threads there are.
    assert.ok(smallMs < largeMs * 5 + 2_500, `${smallMs.toFixed()} ms after leaving, ${largeMs.toFixed()} ms for one`);
  });

  it('[DW4] give a frame once, however often it is named, and refuse lists without end', async () => {
    const response = await doctor.fetch(`${address}/frames/${Array(200).fill(1).join()}`, {
      headers: { accept: 'multipart/related; type="application/octet-stream"' },
    });
    assert.equal(response.status, 200);
    assert.equal((await readParts(response)).length, 1);
    const endless = Array.from({ length: 1_001 }, (_, index) => index + 1).join();
    assert.equal((await doctor.fetch(`${address}/frames/${endless}`)).status, 400);
  });

  it('take turns: who has least at work is next, then who has waited longest for a turn', () => {
    const queue = createFairQueue<string>();
    for (const item of ['a1', 'a2', 'a3', 'b1', 'c1']) queue.add(item.charAt(0), item);
    assert.equal(
      queue.take(() => 0),
      'a1',
    );
    assert.equal(
      queue.take((owner) => (owner === 'b' ? 1 : 0)),
      'c1',
    );
    assert.equal(
      queue.take(
        () => 0,
        (owner) => owner === 'a',
      ),
      'a2',
    );
    assert.equal(queue.remove('a', 'a3'), true);
    assert.equal(queue.remove('a', 'a3'), false);
    assert.deepEqual(queue.drain(), ['b1']);
    assert.equal(
      queue.take(() => 0),
      undefined,
    );
  });
});
