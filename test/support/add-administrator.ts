import { randomUUID } from 'node:crypto';
import { hashPassword } from '../../server/accounts/password.ts';
import { demoFacilities } from '../../server/demo/network.ts';
import { type Client, signIn } from './client.ts';
import type { RunningServer } from './start-server.ts';

const PASSWORD = 'an administrator';

export interface Administrator {
  login: string;
  password: string;
  accountId: string;
  client: Client;
}

/** An administrator of one facility: of the demo network's county hospital unless told. */
export async function addAdministrator(
  server: Pick<RunningServer, 'database' | 'url'>,
  facilityId: string = demoFacilities.county.facilityId,
  name = '冯守正',
): Promise<Administrator> {
  const accountId = randomUUID();
  const login = `administrator-${accountId.slice(0, 8)}`;
  const passwordHash = await hashPassword(PASSWORD);
  await server.database.write((stores) =>
    stores.accounts.insert({
      accountId,
      login,
      name,
      title: '信息科科长',
      role: 'facility-admin',
      specialty: null,
      facilityId,
      isActive: true,
      passwordHash,
    }),
  );
  return { login, password: PASSWORD, accountId, client: await signIn(server.url, login, PASSWORD) };
}
