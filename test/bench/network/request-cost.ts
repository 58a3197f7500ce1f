import type { Measured } from './network.ts';
import { personAt } from './people-rows.ts';
import { asked, signInAs, timed } from './timed.ts';

const REQUESTS = 50;

/** What any request costs before it does anything: who asks, in which appointment, under which policies. */
export async function measureEachRequest(measured: Measured): Promise<void> {
  const client = await signInAs(measured.server, personAt(measured.staff, 1, 2));
  const ask = () => asked(client, 'media:read');
  await timed(measured, 'request', ask);
  if (measured.kind === 'mariadb')
    measured.report.value('mariadb-request-statements', await countStatements(measured, ask), 'statements');
}

async function countStatements({ server }: Measured, ask: () => Promise<unknown>): Promise<number> {
  const questions = async () => {
    const [row] = (await server.database.query("SHOW GLOBAL STATUS LIKE 'Questions'")) as { Value: string }[];
    return Number(row?.Value);
  };
  const before = await questions();
  for (let index = 0; index < REQUESTS; index += 1) await ask();
  // The second question counts itself.
  return ((await questions()) - before - 1) / REQUESTS;
}
