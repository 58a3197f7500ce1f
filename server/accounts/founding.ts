import { randomUUID } from 'node:crypto';
import { recordAct } from '../audit/record.ts';
import { Failure, type FoundInput, type MadeLink } from '../contract/index.ts';
import type { Stores, Work } from '../store/stores.ts';
import { getOpenLink, makeLink, useLink } from './one-time-link.ts';
import type { OneTimeLink } from './one-time-link-store.ts';
import { hashPassword } from './password.ts';
import { requireGoodPassword } from './password-rules.ts';

export type FoundingWork = Work<'accounts' | 'audit' | 'facilities' | 'oneTimeLinks' | 'policies'>;

/** Whether somebody administers the platform whose password is not public: else only whoever runs the machine leads on. */
export async function hasAdministrator({ accounts }: Pick<Stores, 'accounts'>, at: Date): Promise<boolean> {
  const appointed = await accounts.listAppointedAnywhere('admin', at);
  return (await accounts.findMany(appointed.map(({ accountId }) => accountId))).some((one) => !one.isDemo);
}

/** Undoes what the slower of two servers has begun. */
const ANOTHER_WAS_QUICKER = new Error('another server has made the link');

/**
 * The link by which the first administrator comes, made unless one is open already: servers that share a database make one.
 * @returns made: with its secret; open: another start made it, and told its secret; undefined: somebody administers already.
 */
export async function makeFirstLink(
  work: FoundingWork,
  at: Date,
): Promise<{ made: MadeLink } | { open: OneTimeLink } | undefined> {
  const findOpen = async (stores: Pick<Stores, 'oneTimeLinks'>) =>
    (await stores.oneTimeLinks.listOpen(null, at.toISOString()))[0];
  if (await hasAdministrator(work.read, at)) return undefined;
  try {
    const before = await findOpen(work.read);
    if (before) return { open: before };
    return await work.write(async (stores) => {
      // First: servers that start at the same moment wait for each other at the head of the chain.
      await recordAct(
        stores.audit,
        { caller: null, requestId: randomUUID(), at },
        { action: 'first-link:make', subjectKind: 'network', subjectId: 'first' },
      );
      if ((await findOpen(stores)) || (await hasAdministrator(stores, at))) throw ANOTHER_WAS_QUICKER;
      return { made: await makeLink(stores, { kind: 'first-administrator', accountId: null, at }) };
    });
  } catch (err) {
    if (err !== ANOTHER_WAS_QUICKER) throw err;
    const open = await findOpen(work.read);
    return open && { open };
  }
}

/**
 * The first facility, and whoever administers the platform from then on.
 * @throws Failure as `getOpenLink` and `requireGoodPassword`, conflict / login-taken or administrator-exists
 */
export async function foundNetwork(
  work: FoundingWork,
  { secret, facility, administrator }: FoundInput,
  requestId: string,
  at: Date,
): Promise<{ login: string }> {
  const link = await getOpenLink(work.read, secret, at);
  if (link.kind !== 'first-administrator') throw new Failure('not-found', 'no such link', { reason: 'link-unknown' });
  const { login, name, password } = administrator;
  await requireGoodPassword(
    work.read,
    password,
    { login, name, facilityName: facility.name },
    'administrator.password',
  );
  const passwordHash = await hashPassword(password);
  const [facilityId, accountId] = [randomUUID(), randomUUID()];
  await work.write(async (stores) => {
    await recordAct(
      stores.audit,
      { caller: { accountId, facilityId }, requestId, at },
      {
        action: 'network:found',
        subjectKind: 'facility',
        subjectId: facilityId,
        detail: { linkId: link.linkId, login },
      },
    );
    await useLink(stores, link, at);
    if (await hasAdministrator(stores, at))
      throw new Failure('conflict', 'somebody administers already', { reason: 'administrator-exists' });
    if (await stores.accounts.findByLogin(login))
      throw new Failure('conflict', 'the account name is taken', {
        reason: 'login-taken',
        fields: ['administrator.login'],
      });
    await stores.facilities.insert({ ...facility, facilityId, specialties: [] });
    await stores.accounts.insert({
      accountId,
      login,
      name,
      title: '',
      role: 'admin',
      specialty: null,
      facilityId,
      isActive: true,
      passwordHash,
    });
  });
  return { login };
}
