import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

const SECOND_FACTOR = 'second-factor';
/** Its only row. */
const PLATFORM = 'platform';

/** Policies of one shape, and proposals to change them. What was ruled of second factors is the first of them. */
export class Policies1700000000180 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant, integer, long, text, flag } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'policy',
        columns: [code('policyId', 16, { isPrimary: true }), integer('version'), long('value')],
      }),
    );
    const [rule] = await runner.query('SELECT version, required, signingMinutes FROM factor_policy');
    if (rule) {
      const signingMinutes = rule.signingMinutes === null ? null : Number(rule.signingMinutes);
      const value = JSON.stringify({ required: JSON.parse(rule.required), signingMinutes });
      await runner.query('INSERT INTO policy (policyId, version, value) VALUES (?, ?, ?)', [
        SECOND_FACTOR,
        Number(rule.version),
        value,
      ]);
    }
    await runner.dropTable('factor_policy');
    const isNullable = true;
    await runner.createTable(
      new Table({
        name: 'policy_proposal',
        columns: [
          id('proposalId', { isPrimary: true }),
          code('subject', 16),
          id('accountId', { isNullable }),
          integer('baseVersion'),
          long('valueBefore'),
          long('valueAfter'),
          text('reason', 1000),
          id('proposedById'),
          code('proposedByRole', 32),
          flag('isDemo'),
          instant('proposedAt'),
          instant('expiresAt'),
          code('decision', 16, { isNullable }),
          id('decidedById', { isNullable }),
          code('decidedByRole', 32, { isNullable }),
          instant('decidedAt', { isNullable }),
          text('decisionReason', 1000, { isNullable }),
        ],
        indices: [
          { name: 'policy_proposal_of_subject', columnNames: ['subject', 'accountId'] },
          { name: 'policy_proposal_at', columnNames: ['proposedAt', 'proposalId'] },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const { code, integer, long } = tableColumns(runner);
    await runner.dropTable('policy_proposal');
    await runner.createTable(
      new Table({
        name: 'factor_policy',
        columns: [
          code('policyId', 16, { isPrimary: true }),
          integer('version'),
          long('required'),
          integer('signingMinutes', { isNullable: true }),
        ],
      }),
    );
    const [policy] = await runner.query('SELECT version, value FROM policy WHERE policyId = ?', [SECOND_FACTOR]);
    if (policy) {
      const { required, signingMinutes } = JSON.parse(policy.value);
      await runner.query(
        'INSERT INTO factor_policy (policyId, version, required, signingMinutes) VALUES (?, ?, ?, ?)',
        [PLATFORM, Number(policy.version), JSON.stringify(required), signingMinutes],
      );
    }
    await runner.dropTable('policy');
  }
}
