import type { PolicyName, PolicyValues } from '../../server/contract/index.ts';
import { enterPerson } from './add-person.ts';
import type { Client } from './client.ts';
import type { RunningServer } from './start-server.ts';

/** A system and a security administrator, who agree on whatever a test needs. */
export interface TwoAdministrators {
  admin: Client;
  security: Client;
}

export async function enterTwoAdministrators(server: RunningServer): Promise<TwoAdministrators> {
  const [admin, security] = [await enterPerson(server, 'admin'), await enterPerson(server, 'security-admin')];
  return { admin: admin.client, security: security.client };
}

/** The policy holds as soon as this returns. */
export async function agreeOnPolicy<Name extends PolicyName>(
  { admin, security }: TwoAdministrators,
  subject: Name,
  value: PolicyValues[Name],
): Promise<void> {
  const { version } = (await admin.call('policies:read')).policies[subject];
  const body = { subject, version, value, reason: '平台要求' } as never;
  const { proposalId } = await admin.call('proposal:make', { body });
  await security.call('proposal:confirm', { params: { proposalId } });
}
