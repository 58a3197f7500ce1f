import type { Client } from '../../support/client.ts';
import type { Measured } from './network.ts';
import { asked, clinicians, timed } from './timed.ts';

const SAMPLES = 30;

/** Lists, orders and counts of people with few and with very many cases. */
export async function measureWorkLists(measured: Measured): Promise<void> {
  const { physician, coordinator, hub, usual } = await clinicians(measured);
  for (const [who, client] of Object.entries({ physician, county: coordinator, hub, usual }))
    await measureWorkList(measured, who, client);
}

async function measureWorkList(measured: Measured, who: string, client: Client): Promise<void> {
  const read = (query: Record<string, string>) => asked(client, 'work-list:read', { query });
  for (const list of ['mine', 'running', 'finished'])
    for (const sort of ['newest', 'changed', 'waiting'])
      await timed(measured, `work-list-${who}-${list}-${sort}`, () => read({ list, sort }), SAMPLES);
  await timed(
    measured,
    `work-list-${who}-case-number`,
    () => read({ list: 'finished', search: 'HZ-230125-000000000' }),
    SAMPLES,
  );
  await timed(measured, `work-list-${who}-unknown`, () => read({ list: 'finished', search: '没有这个' }), SAMPLES);
  await timed(measured, `work-list-${who}-desk`, () => asked(client, 'work-list:desk'), SAMPLES);
}
