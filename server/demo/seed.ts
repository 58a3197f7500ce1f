import { randomUUID } from 'node:crypto';
import { hashPassword } from '../accounts/password.ts';
import { createSigningKey } from '../accounts/signing.ts';
import { recordAct } from '../audit/record.ts';
import type { DemoAccount } from '../contract/index.ts';
import type { Stores, Work } from '../store/stores.ts';
import { listDemoAgreements, listDemoAlliances } from './agreements.ts';
import { listLiveDemoAccounts } from './end.ts';
import { listDemoFacilities } from './facilities.ts';
import { demoLicence } from './licences.ts';
import { DEMO_PASSWORD } from './network.ts';
import { demoPeople } from './people.ts';

/** Roles whose holders put their name under a document: the main characters among them have their key from the start. */
const SIGNING_ROLES = new Set(['physician', 'specialist', 'surgeon', 'coordinator']);
/** Undoes what the slower of two servers has begun. */
const ANOTHER_WAS_QUICKER = new Error('another server has seeded the database');

/** What the network is filled with, in the transaction that makes it. */
export type Fill = (stores: Stores) => Promise<void>;

/**
 * Gives an empty database the demo network; does nothing where there is any account.
 * @param prepare slow work for what the network is filled with, done beside the hashing and before the transaction.
 * @returns whether it was empty.
 */
export async function seedDemo(
  work: Work,
  now: Date,
  prepare: () => Promise<Fill> = async () => async () => undefined,
): Promise<boolean> {
  if ((await work.read.accounts.count()) > 0) return false;
  // Hashing is slow on purpose, and therefore done before the transaction.
  const [people, fill] = await Promise.all([hashPeople(now), prepare()]);
  try {
    await work.write(async (stores) => {
      // First of all: on MySQL servers that start at the same moment wait for each other at the head of the chain.
      await recordAct(
        stores.audit,
        { caller: null, requestId: randomUUID(), at: now },
        { action: 'demo:seed', subjectKind: 'network', subjectId: 'demo' },
      );
      if ((await stores.accounts.count()) > 0) throw ANOTHER_WAS_QUICKER;
      for (const facility of listDemoFacilities())
        await stores.facilities.insert({ ...facility, changedAt: now.toISOString() });
      for (const agreement of listDemoAgreements(now)) await stores.facilities.insertAgreement(agreement);
      for (const alliance of listDemoAlliances(now)) await stores.facilities.insertAlliance(alliance);
      for (const { person, accountId, key, passwordHash } of people) {
        const { isMain: _, ...known } = person;
        await stores.accounts.insert({
          ...known,
          accountId,
          isActive: true,
          passwordHash,
          isDemo: true,
        });
        if (key) await stores.accounts.insertSigningKey(key);
        const licence = demoLicence(person, now);
        if (licence) await stores.practitioners.put({ ...licence, accountId, revision: 1 });
      }
      await fill(stores);
    });
  } catch (err) {
    if (err === ANOTHER_WAS_QUICKER) return false;
    throw err;
  }
  return true;
}

async function hashPeople(now: Date) {
  // One for all: the password is public, so that salts of their own would hide nothing.
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  return Promise.all(
    demoPeople.map(async (person) => {
      const accountId = randomUUID();
      // Sealing a key is slow on purpose: the others get theirs at their first signature, as everybody does.
      const key =
        person.isMain && SIGNING_ROLES.has(person.role)
          ? await createSigningKey(accountId, DEMO_PASSWORD, randomUUID(), now.toISOString())
          : undefined;
      return { person, accountId, key, passwordHash };
    }),
  );
}

/** The demo accounts that are really there and not ended, for the sign-in page and the first start. */
export async function findDemoAccounts(stores: Pick<Stores, 'accounts'>): Promise<DemoAccount[]> {
  const logins = new Set((await listLiveDemoAccounts(stores)).map(({ login }) => login));
  const facilityNames = new Map(listDemoFacilities().map(({ facilityId, name }) => [facilityId, name]));
  return demoPeople
    .filter(({ login }) => logins.has(login))
    .map(({ login, name, role, facilityId, isMain }) => ({
      account: login,
      password: DEMO_PASSWORD,
      name,
      role,
      facilityName: facilityNames.get(facilityId) ?? '',
      isMain,
    }));
}
