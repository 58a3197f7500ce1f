import { randomUUID } from 'node:crypto';
import { hashPassword } from '../../server/accounts/password.ts';
import { demoFacilities } from '../../server/demo/network.ts';
import { type Client, signIn } from './client.ts';
import type { RunningServer } from './start-server.ts';

/** A physician of a second hospital in the same county, who has nothing to do with any case. */
export async function addStranger(server: RunningServer): Promise<Client> {
  const facilityId = randomUUID();
  const login = `stranger-${facilityId.slice(0, 8)}`;
  const passwordHash = await hashPassword('a stranger');
  await server.database.write(async (stores) => {
    await stores.facilities.insert({
      facilityId,
      name: '青溪县中医院',
      tier: 'county',
      region6: demoFacilities.county.region6,
      specialties: [],
    });
    await stores.accounts.insert({
      accountId: randomUUID(),
      login,
      name: '钱一',
      title: '医师',
      role: 'physician',
      specialty: null,
      facilityId,
      isActive: true,
      passwordHash,
    });
  });
  return signIn(server.url, login, 'a stranger');
}
