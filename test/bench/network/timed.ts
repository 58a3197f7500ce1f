import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import type { Client } from '../../support/client.ts';
import { signIn } from '../../support/client.ts';
import type { RunningServer } from '../../support/start-server.ts';
import { repeat } from '../report.ts';
import { countyIndex } from './facility-rows.ts';
import type { Measured } from './network.ts';
import { loginOf, personAt } from './people-rows.ts';

const SAMPLES = 50;
/** What is slow is asked less often. */
const LIMIT_MS = 10_000;
/** What a request may take in all but one of twenty. */
export const AIM_MS = 100;

export const signInAs = ({ url }: Pick<RunningServer, 'url'>, person: number): Promise<Client> =>
  signIn(url, loginOf(person), DEMO_PASSWORD);

/** Asks again and again, from question to parsed answer, and prints how long that took. This process is server and client. */
export async function timed(
  { report, kind }: Pick<Measured, 'report' | 'kind'>,
  metric: string,
  ask: (index: number) => Promise<unknown>,
  samples = SAMPLES,
): Promise<void> {
  // The first fills caches that are warm in use. Its connection may have been closed while samples were chosen.
  await ask(0).catch(() => ask(0));
  const timesMs = await repeat(samples, LIMIT_MS, async (index) => {
    const fromMs = performance.now();
    await ask(index);
    return performance.now() - fromMs;
  });
  report.samples(`${kind}-${metric}`, timesMs, 'ms', AIM_MS);
}

/** The answer of a route, however it is shaped. @throws Error where it is a failure */
export async function asked(
  client: Client,
  name: Parameters<Client['ask']>[0],
  input: Parameters<Client['ask']>[1] = {},
): Promise<unknown> {
  const { status, body } = await client.ask(name, input);
  if (status >= 400) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** A physician of the first county, its coordinator, and those of the largest hospital and of another one. */
export async function clinicians({ server, size, staff }: Measured) {
  const county = countyIndex(size, 0);
  return {
    physician: await signInAs(server, personAt(staff, county, 2)),
    coordinator: await signInAs(server, personAt(staff, county, 1)),
    hub: await signInAs(server, personAt(staff, 0, 1)),
    usual: await signInAs(server, personAt(staff, 1, 1)),
  };
}
