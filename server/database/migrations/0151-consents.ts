import { randomUUID } from 'node:crypto';
import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';
import { eachRow } from './each-row.ts';

/** A consent as cases held it: who signed, and that somebody did. */
interface PlainConsent {
  signer: string;
  signerName: string;
  given: boolean;
}

/** What a plain consent said: to the consultation, by the only wording that there was, signed on paper. */
const AS_IT_WAS = {
  relation: null,
  reason: '',
  scopes: ['consult'],
  textVersion: '1',
  method: 'paper',
  evidenceSha256: null,
};

interface ConsultationConsent {
  consultationId: string;
  consent: string | null;
  requesterId: string;
  submittedAt: string | null;
}

/** Consents become records of their own: those that were sent with a case move over, those being typed stay with their draft. */
export class Consents1700000000151 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables(runner)) await runner.createTable(table);
    const insert = `INSERT INTO consent (consentId, consultationId, signer, signerName, relation, reason, scopes, textVersion, method,
      evidenceSha256, givenAt, recordedBy) VALUES (?, ?, ?, ?, NULL, '', ?, ?, ?, NULL, ?, ?)`;
    for await (const one of eachConsent(runner)) {
      const { consultationId, requesterId, submittedAt } = one;
      const consent = parse(one.consent);
      if (!consent) continue;
      const { signer, signerName, given } = consent;
      const isSent = given && submittedAt !== null;
      const { scopes, textVersion, method } = AS_IT_WAS;
      if (isSent)
        await runner.query(insert, [
          randomUUID(),
          consultationId,
          signer,
          signerName,
          JSON.stringify(scopes),
          textVersion,
          method,
          submittedAt,
          requesterId,
        ]);
      await put(runner, consultationId, isSent ? null : { ...AS_IT_WAS, signer, signerName, given });
    }
  }

  /** A case has room for one: the first. What the others say, and what was taken back, is lost. */
  async down(runner: QueryRunner): Promise<void> {
    for await (const { consultationId, consent } of eachConsent(runner)) {
      const typed = parse(consent);
      const [first]: Pick<PlainConsent, 'signer' | 'signerName'>[] = await runner.query(
        'SELECT signer, signerName FROM consent WHERE consultationId = ? ORDER BY givenAt, consentId LIMIT 1',
        [consultationId],
      );
      const kept = typed ?? (first && { ...first, given: true });
      if (!kept) continue;
      const { signer, signerName, given } = kept;
      await put(runner, consultationId, { signer, signerName, given });
    }
    for (const name of ['consent_withdrawal', 'consent_evidence', 'consent']) await runner.dropTable(name);
  }
}

const parse = (json: string | null): PlainConsent | null => (json === null ? null : JSON.parse(json));

function put(runner: QueryRunner, consultationId: string, consent: PlainConsent | null): Promise<unknown> {
  return runner.query('UPDATE consultation SET consent = ? WHERE consultationId = ?', [
    consent && JSON.stringify(consent),
    consultationId,
  ]);
}

function eachConsent(runner: QueryRunner): AsyncGenerator<ConsultationConsent> {
  return eachRow(runner, 'consultation', ['consultationId'], ['consent', 'requesterId', 'submittedAt']);
}

function tables(runner: QueryRunner): Table[] {
  const { id, instant, code, text, long, integer } = tableColumns(runner);
  const toCase = {
    columnNames: ['consultationId'],
    referencedTableName: 'consultation',
    referencedColumnNames: ['consultationId'],
  };
  return [
    new Table({
      name: 'consent',
      columns: [
        id('consentId', { isPrimary: true }),
        id('consultationId'),
        code('signer', 16),
        text('signerName', 64),
        code('relation', 16, { isNullable: true }),
        long('reason'),
        long('scopes'),
        code('textVersion', 16),
        code('method', 16),
        code('evidenceSha256', 64, { isNullable: true }),
        instant('givenAt'),
        id('recordedBy'),
      ],
      foreignKeys: [toCase],
      indices: [{ name: 'consent_of_case', columnNames: ['consultationId', 'givenAt'] }],
    }),
    new Table({
      name: 'consent_withdrawal',
      columns: [
        id('consentId', { isPrimary: true }),
        code('scope', 16, { isPrimary: true }),
        code('askedBy', 16),
        text('askedByName', 64),
        long('reason'),
        id('byAccountId'),
        instant('at'),
      ],
      foreignKeys: [
        { columnNames: ['consentId'], referencedTableName: 'consent', referencedColumnNames: ['consentId'] },
      ],
    }),
    new Table({
      name: 'consent_evidence',
      columns: [
        id('consultationId', { isPrimary: true }),
        code('sha256', 64, { isPrimary: true }),
        code('mediaType', 16),
        integer('sizeBytes'),
        id('addedBy'),
        instant('addedAt'),
      ],
      foreignKeys: [toCase],
    }),
  ];
}
