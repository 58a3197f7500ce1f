import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Policies1700000000180 } from '../../../server/database/migrations/0180-policies.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { PROPOSAL_MS, type Proposal } from '../../../server/policies/proposal.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { openOlderDatabase } from '../../support/older-database.ts';

const AT = new Date('2026-11-30T01:02:03.004Z');

function makeProposal(change: object = {}): Proposal {
  return {
    proposalId: randomUUID(),
    subject: 'passwords',
    accountId: null,
    before: { minLength: 10, attempts: 5 },
    after: { minLength: 12, attempts: 5 },
    baseVersion: 0,
    reason: '上级要求',
    proposedById: randomUUID(),
    proposedByRole: 'admin',
    isDemo: false,
    proposedAt: AT.toISOString(),
    expiresAt: new Date(AT.getTime() + PROPOSAL_MS).toISOString(),
    decision: null,
    ...change,
  } as Proposal;
}

eachDatabase('policies and proposals', (open, _, newEmptyUrl) => {
  it('come back as they were kept, and are decided once', async () => {
    const database = await open();
    const { policies } = database.read;
    assert.equal(await policies.find('sessions'), undefined);
    const sessions = { version: 3, value: { idleMinutes: 15, hours: null } };
    await database.write(async (stores) => {
      await stores.policies.put('sessions', { version: 2, value: { idleMinutes: null, hours: 8 } });
      await stores.policies.put('sessions', sessions);
    });
    assert.deepEqual(await policies.find('sessions'), sessions);
    const accountId = randomUUID();
    const office = makeProposal({
      subject: 'platform-role',
      accountId,
      before: { role: 'trainee', isActive: true },
      after: { role: 'auditor', isActive: true },
      proposedAt: new Date(AT.getTime() + 1000).toISOString(),
      isDemo: true,
    });
    const policy = makeProposal();
    for (const one of [policy, office]) await database.write((stores) => stores.policies.insertProposal(one));
    assert.deepEqual(await policies.listOpen(AT), [office, policy]);
    const settled = (at: Date, page = 1) => policies.listSettled({ at, page, limit: 1 });
    assert.deepEqual(await settled(AT), { proposals: [], total: 0 });
    const expired = new Date(AT.getTime() + 30 * 86_400_000);
    assert.deepEqual(await policies.listOpen(expired), []);
    assert.deepEqual(await settled(expired), { proposals: [office], total: 2 });
    assert.deepEqual(await settled(expired, 2), { proposals: [policy], total: 2 });
    assert.deepEqual(await policies.findProposals([policy.proposalId, randomUUID()]), [policy]);
    assert.deepEqual(await policies.listUndecided('platform-role', accountId), [office]);
    assert.deepEqual(await policies.listUndecided('platform-role', randomUUID()), []);
    assert.deepEqual(await policies.listUndecided('passwords', null), [policy]);
    const decision = {
      kind: 'refused',
      byId: randomUUID(),
      byRole: 'auditor',
      at: AT.toISOString(),
      reason: '过长',
    } as const;
    const decide = () => database.write((stores) => stores.policies.decide(policy.proposalId, decision));
    assert.deepEqual([await decide(), await decide()], [true, false]);
    assert.deepEqual(await policies.findProposals([policy.proposalId]), [{ ...policy, decision }]);
    assert.deepEqual(await policies.listUndecided('passwords', null), []);
    assert.deepEqual(await policies.listOpen(AT), [office]);
    assert.deepEqual(await settled(AT), { proposals: [{ ...policy, decision }], total: 1 });
  });

  it('begin with what was ruled of second factors, and leave it on the way back', async () => {
    const url = await newEmptyUrl();
    const before = migrations.slice(0, migrations.indexOf(Policies1700000000180));
    const older = await openOlderDatabase(url, before);
    await older.runMigrations();
    const required = [{ role: 'surgeon' as const, fromDay: '2026-12-01' }];
    const rule = ['platform', 4, JSON.stringify(required), 15];
    await older.query(
      'INSERT INTO factor_policy (policyId, version, required, signingMinutes) VALUES (?, ?, ?, ?)',
      rule,
    );
    await older.destroy();
    const database = await open(url);
    assert.deepEqual(await database.read.policies.find('second-factor'), {
      version: 4,
      value: { required, signingMinutes: 15 },
    });
    await database.write((stores) =>
      stores.policies.put('second-factor', { version: 5, value: { required, signingMinutes: null } }),
    );
    const source = await openOlderDatabase(url, [...before, Policies1700000000180]);
    await source.query('DELETE FROM migrations WHERE timestamp > 1700000000180');
    await source.undoLastMigration();
    const [row] = (await source.query('SELECT * FROM factor_policy')) as Record<string, unknown>[];
    assert.deepEqual(
      [row?.['policyId'], Number(row?.['version']), row?.['required'], row?.['signingMinutes']],
      ['platform', 5, JSON.stringify(required), null],
    );
    await assert.rejects(source.query('SELECT * FROM policy_proposal'));
    await source.destroy();
  });
});
