import { And, type EntityManager, In, LessThanOrEqual, MoreThan } from 'typeorm';
import { type Agreement, isValid, NO_RESPONSE_TIMES, periodOf } from '../../facilities/agreement.ts';
import type { FacilityStore, NewAgreement } from '../../facilities/store.ts';
import { insertRow } from '../insert-row.ts';
import { insertNew, updateRow } from '../update-row.ts';
import { AgreementReminderRow, AgreementRow } from './rows.ts';

type AgreementStore = Pick<
  FacilityStore,
  | 'insertAgreement'
  | 'findAgreement'
  | 'findAgreementForUpdate'
  | 'listAgreements'
  | 'listAgreementsOf'
  | 'findSuccessor'
  | 'replaceAgreement'
  | 'deleteAgreement'
  | 'listAgreementsEnding'
  | 'noteReminder'
>;

/** One without services is for both kinds of case, as all were before there were services. */
function complete(agreement: NewAgreement): Agreement {
  return {
    services: [
      { kind: 'video', priceFen: null },
      { kind: 'written', priceFen: null },
    ],
    responseTimes: NO_RESPONSE_TIMES,
    liabilityText: '',
    signatures: { inviting: true, invited: true },
    signedCopy: null,
    predecessorId: null,
    endedAt: null,
    endReason: '',
    version: 1,
    changedAt: agreement.validFrom,
    ...agreement,
  };
}

export function createAgreementStore(manager: EntityManager): AgreementStore {
  const isMysql = manager.connection.options.type === 'mysql';
  const find = async (agreementId: string) => (await manager.findOneBy(AgreementRow, { agreementId })) ?? undefined;
  return {
    insertAgreement: (agreement) => insertRow(manager, AgreementRow, complete(agreement)),
    findAgreement: find,
    async findAgreementForUpdate(agreementId) {
      if (!isMysql) return find(agreementId);
      const lock = { mode: 'pessimistic_write' as const };
      return (await manager.findOne(AgreementRow, { where: { agreementId }, lock })) ?? undefined;
    },
    async listAgreements(invitingFacilityId, at) {
      const instant = at.toISOString();
      const found = await manager.findBy(AgreementRow, {
        invitingFacilityId,
        validFrom: LessThanOrEqual(instant),
        validTo: MoreThan(instant),
      });
      return found.filter((agreement) => isValid(agreement, at));
    },
    listAgreementsOf: (facilityIds) =>
      manager.find(AgreementRow, {
        ...(facilityIds && {
          where: [{ invitingFacilityId: In(facilityIds) }, { invitedFacilityId: In(facilityIds) }],
        }),
      }),
    findSuccessor: async (agreementId) =>
      (await manager.findOneBy(AgreementRow, { predecessorId: agreementId })) ?? undefined,
    replaceAgreement: (agreement, version) =>
      updateRow<Agreement>(manager, AgreementRow, { agreementId: agreement.agreementId, version }, agreement),
    async deleteAgreement(agreementId) {
      await manager.delete(AgreementRow, { agreementId });
    },
    async listAgreementsEnding(after, until) {
      const [from, to] = [after.toISOString(), until.toISOString()];
      const found = await manager.findBy(AgreementRow, { validTo: And(MoreThan(from), LessThanOrEqual(to)) });
      return found.filter((agreement) => periodOf(agreement).to > from);
    },
    noteReminder: (agreementId, days, at) =>
      insertNew(manager, AgreementReminderRow, { agreementId, days, at: at.toISOString() }),
  };
}
