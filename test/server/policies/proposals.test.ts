import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Failure, type ProposalAction, type Role } from '../../../server/contract/index.ts';
import type { Database } from '../../../server/database/database.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { decideProposal } from '../../../server/policies/decide.ts';
import { PROPOSAL_MS } from '../../../server/policies/proposal.ts';
import { makeProposal, type PolicyParts, readPolicies } from '../../../server/policies/use-cases.ts';
import { addPerson } from '../../support/add-person.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { createRandom } from '../../support/random.ts';

const SEEDS = [1, 2, 3];
const STEPS = 90;
const KINDS = { confirm: 'confirmed', refuse: 'refused', withdraw: 'withdrawn' } as const;

interface Known {
  proposalId: string;
  by: string;
  byRole: Role;
  minLength: number;
  expiresAtMs: number;
  state: 'open' | (typeof KINDS)[ProposalAction];
}

eachDatabase('a policy that people change at random', (open) => {
  for (const seed of SEEDS)
    it(`[PO1] [PO2] holds what two of different offices agreed on last, and nothing else, seed ${seed}`, async () => {
      const database = await open();
      const random = createRandom(seed);
      const people = await enterPeople(database);
      let nowMs = Date.parse('2026-11-30T00:00:00.000Z');
      const parts: PolicyParts = {
        work: database,
        bounds: { idleMs: 30 * 60_000, absoluteMs: 10 * 3_600_000 },
        findPeople: async () => new Map(),
        changeRole: async () => assert.fail('no office is asked for'),
        requireJustShown: async () => undefined,
        tell: async () => undefined,
      };
      const known: Known[] = [];
      let holds = { version: 0, minLength: 10 };
      const isOpen = (one: Known) => one.state === 'open' && nowMs < one.expiresAtMs;
      let confirmed = 0;
      for (let step = 0; step < STEPS; step += 1) {
        nowMs += random.pick([1000, 3_600_000, PROPOSAL_MS / 3]);
        const person = random.pick(people);
        const asked = { caller: person, requestId: randomUUID(), at: new Date(nowMs) };
        const said = `seed ${seed}, step ${step}, ${person.role}`;
        if (random.below(3) === 0 || known.length === 0) {
          const minLength = 8 + random.below(6);
          const version = random.below(4) === 0 ? holds.version - 1 : holds.version;
          const value = { minLength, attempts: 5 };
          const made = await outcome(() =>
            makeProposal(parts, asked, { subject: 'passwords', version: Math.max(0, version), value, reason: '调整' }),
          );
          const expected =
            person.role !== 'admin' && person.role !== 'security-admin'
              ? 'forbidden'
              : Math.max(0, version) !== holds.version
                ? 'version-outdated'
                : known.some(isOpen)
                  ? 'proposal-open'
                  : minLength === holds.minLength
                    ? 'proposal-changes-nothing'
                    : 'done';
          assert.equal(made.word, expected, said);
          if (made.value)
            known.push({
              proposalId: made.value.proposalId,
              by: person.accountId,
              byRole: person.role,
              minLength,
              expiresAtMs: nowMs + PROPOSAL_MS,
              state: 'open',
            });
          continue;
        }
        const one = random.below(2) === 0 ? (known.at(-1) ?? random.pick(known)) : random.pick(known);
        const action = random.pick(['confirm', 'confirm', 'refuse', 'withdraw'] as const);
        const kind = KINDS[action];
        const decided = await outcome(() =>
          decideProposal(parts, asked, one.proposalId, { kind, reason: kind === 'refused' ? '不妥' : null }),
        );
        assert.equal(decided.word, expectedDecision(person, one, action, nowMs), `${said} ${action}`);
        if (decided.word !== 'done') continue;
        one.state = kind;
        if (kind !== 'confirmed') continue;
        confirmed += 1;
        holds = { version: holds.version + 1, minLength: one.minLength };
        const { passwords } = (await readPolicies(parts, { ...asked, caller: people[0] ?? person })).policies;
        assert.deepEqual({ version: passwords.version, minLength: passwords.value.minLength }, holds, said);
      }
      assert.ok(confirmed >= 2, `${confirmed} were confirmed`);
      const stored = await database.read.policies.find('passwords');
      assert.deepEqual([stored?.version, stored?.value.minLength], [holds.version, holds.minLength]);
      const acts = await database.read.audit.list({ limit: 500 });
      const count = (action: string) => acts.filter((entry) => entry.action === action).length;
      assert.equal(count('proposal:confirm'), confirmed, 'what was refused left no entry');
      assert.equal(count('proposal:make'), known.length);
    });
});

/** What the rules say, in the words of the protocol. */
function expectedDecision(
  person: { accountId: string; role: Role },
  one: Known,
  action: ProposalAction,
  nowMs: number,
) {
  if (!['admin', 'security-admin', 'auditor'].includes(person.role)) return 'not-found';
  const isOwn = person.accountId === one.by;
  if (isOwn !== (action === 'withdraw')) return 'forbidden';
  if (!isOwn && person.role === one.byRole) return 'forbidden';
  if (one.state !== 'open') return 'proposal-decided';
  return nowMs >= one.expiresAtMs ? 'proposal-expired' : 'done';
}

async function enterPeople(database: Database) {
  const { facilityId, name: facilityName } = demoFacilities.county;
  await database.write(({ facilities }) =>
    facilities.insert({ facilityId, name: facilityName, tier: 'county', region6: '230125', specialties: [] }),
  );
  const roles: Role[] = ['admin', 'admin', 'security-admin', 'security-admin', 'auditor', 'physician'];
  return Promise.all(
    roles.map(async (role) => {
      const { accountId } = await addPerson(database, role);
      return {
        accountId,
        appointmentId: accountId,
        role,
        name: '',
        facilityId,
        facilityName,
        specialty: null,
        licence: 'unrecorded' as const,
        sessionId: randomUUID(),
      };
    }),
  );
}

/** `done`, or the failure's reason, else its code. */
async function outcome<T>(act: () => Promise<T>): Promise<{ word: string; value?: T }> {
  try {
    return { word: 'done', value: await act() };
  } catch (err) {
    if (!(err instanceof Failure)) throw err;
    return { word: err.reason ?? err.code };
  }
}
