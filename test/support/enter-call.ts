import type { ConsultationView } from '../../server/contract/index.ts';
import type { Client } from './client.ts';
import { eventually } from './eventually.ts';
import { connectSfu, type SfuClient } from './sfu-client.ts';

/** One window of this person in the room of the case's call, as a browser enters it but without media. */
export async function enterCall(client: Client, consultationId: string): Promise<SfuClient> {
  const { token } = await client.call('call:ticket', { params: { consultationId } });
  const window = await connectSfu(client.url, token);
  await window.join();
  return window;
}

/** Both are in the room until the server has noticed, then leave. */
export async function meetInCall(
  consultationId: string,
  requester: Client,
  specialist: Client,
): Promise<ConsultationView> {
  const params = { consultationId };
  const windows = [await enterCall(requester, consultationId), await enterCall(specialist, consultationId)];
  const read = () => specialist.call('consultation:read', { params });
  await eventually('the two sides have met', async () => (await read()).metAt !== null);
  for (const window of windows) window.close();
  return read();
}
