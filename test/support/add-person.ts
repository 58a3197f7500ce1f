import { randomUUID } from 'node:crypto';
import argon2 from 'argon2';
import type { NewPersonInput, Role } from '../../server/contract/index.ts';
import type { Database } from '../../server/database/database.ts';
import { demoFacilities } from '../../server/demo/network.ts';
import { type Client, signIn } from './client.ts';
import type { RunningServer } from './start-server.ts';

/** Of every person that a test adds. */
export const PERSON_PASSWORD = 'eleven quiet herons';
/** What argon2 takes at the least: a hash carries its cost with it. */
const CHEAP = { type: argon2.argon2id, memoryCost: 8, timeCost: 1, parallelism: 1 } as const;

export interface AddedPerson {
  accountId: string;
  login: string;
  facilityId: string;
}

/** A person who is none of the demonstration's, in a facility that is there. */
export async function addPerson(
  database: Database,
  role: Role,
  facilityId: string = demoFacilities.county.facilityId,
  name = '钱一',
): Promise<AddedPerson> {
  const accountId = randomUUID();
  const login = `${role}-${accountId.slice(0, 8)}`;
  const passwordHash = await argon2.hash(PERSON_PASSWORD, CHEAP);
  await database.write(({ accounts }) =>
    accounts.insert({
      accountId,
      login,
      name,
      title: '医师',
      role,
      specialty: null,
      facilityId,
      isActive: true,
      passwordHash,
    }),
  );
  return { accountId, login, facilityId };
}

/** What an administrator enters to invite somebody nobody knows yet. */
export function newPerson(facilityId: string = demoFacilities.county.facilityId): NewPersonInput {
  return {
    login: `new-${randomUUID().slice(0, 8)}`,
    name: '孙小梅',
    title: '主治医师',
    role: 'physician',
    specialty: '内科',
    facilityId,
  };
}

/** As {@link addPerson}, signed in. */
export async function enterPerson(
  server: RunningServer,
  role: Role,
  facilityId?: string,
): Promise<AddedPerson & { client: Client }> {
  const person = await addPerson(server.database, role, facilityId);
  return { ...person, client: await signIn(server.url, person.login, PERSON_PASSWORD) };
}
