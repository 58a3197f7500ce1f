import { type EntityManager, EntitySchema, type ObjectLiteral } from 'typeorm';
import type { AssessedPerson, Credit, CreditCorrection } from '../../demonstrations/credits/credit.ts';
import type { CreditStore } from '../../demonstrations/credits/store.ts';
import { idColumn, instantColumn, integerColumn, primary } from '../columns.ts';
import { insertRow } from '../insert-row.ts';

const ofPerson = { demonstrationId: primary(idColumn), accountId: primary(idColumn), facilityId: idColumn };

export const AssessedRow = new EntitySchema<AssessedPerson>({
  name: 'demonstration_assessed',
  columns: {
    ...ofPerson,
    presentS: integerColumn,
    checksAsked: integerColumn,
    checksAnswered: integerColumn,
    qualifies: { type: 'boolean' },
  },
});

export const CreditRow = new EntitySchema<Credit>({
  name: 'demonstration_credit',
  columns: { ...ofPerson, pointsTenths: integerColumn, givenBy: idColumn, givenAt: instantColumn },
});

export const CreditCorrectionRow = new EntitySchema<CreditCorrection>({
  name: 'demonstration_credit_correction',
  columns: {
    correctionId: primary(idColumn),
    demonstrationId: idColumn,
    accountId: idColumn,
    beforeTenths: integerColumn,
    afterTenths: integerColumn,
    reason: { type: 'text' },
    correctedBy: idColumn,
    at: instantColumn,
  },
});

/** SQLite takes so many values of seven columns in one statement. */
const AT_ONCE = 500;

export function createCreditStore(manager: EntityManager): CreditStore {
  async function insertAll<T extends ObjectLiteral>(schema: EntitySchema<T>, all: readonly T[]): Promise<void> {
    for (let from = 0; from < all.length; from += AT_ONCE)
      await manager.insert(schema, all.slice(from, from + AT_ONCE) as never);
  }
  return {
    insertAssessed: (people) => insertAll(AssessedRow, people),
    listAssessed: (demonstrationId) => manager.findBy(AssessedRow, { demonstrationId }),
    listAssessedOf: (accountId) => manager.findBy(AssessedRow, { accountId }),
    insert: (credits) => insertAll(CreditRow, credits),
    async put(credit) {
      await manager.upsert(CreditRow, credit, ['demonstrationId', 'accountId']);
    },
    list: (demonstrationId) => manager.findBy(CreditRow, { demonstrationId }),
    listOf: (accountId) => manager.find(CreditRow, { where: { accountId }, order: { givenAt: 'DESC' } }),
    insertCorrection: (correction) => insertRow(manager, CreditCorrectionRow, correction),
    listCorrections: (demonstrationId) =>
      manager.find(CreditCorrectionRow, { where: { demonstrationId }, order: { at: 'ASC' } }),
    listCorrectionsOf: (accountId) => manager.find(CreditCorrectionRow, { where: { accountId }, order: { at: 'ASC' } }),
  };
}
