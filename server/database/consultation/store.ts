import { type EntityManager, In } from 'typeorm';
import { ROLES_OF_BASIS } from '../../access/may.ts';
import type { Consultation } from '../../cases/consultation.ts';
import type { ConsultationStore } from '../../cases/store.ts';
import { AccountRow, AppointmentRow } from '../account/rows.ts';
import { nextCount } from '../counter.ts';
import { insertRow } from '../insert-row.ts';
import { PractitionerRow } from '../practitioner/rows.ts';
import { updateRow } from '../update-row.ts';
import { createWorkListQuery } from '../work-list/query.ts';
import { createGrantStore } from './grant-store.ts';
import { ConsultationRow, GrantRow } from './rows.ts';

export function createConsultationStore(manager: EntityManager): ConsultationStore {
  const isMysql = manager.connection.options.type === 'mysql';
  const find = async (consultationId: string) =>
    (await manager.findOneBy(ConsultationRow, { consultationId })) ?? undefined;

  return {
    insert: (consultation) => insertRow(manager, ConsultationRow, consultation),
    find,

    async findForUpdate(consultationId) {
      // SQLite has one writer at a time anyway.
      if (!isMysql) return find(consultationId);
      const row = await manager.findOne(ConsultationRow, {
        where: { consultationId },
        lock: { mode: 'pessimistic_write' },
      });
      return row ?? undefined;
    },

    async findMany(consultationIds) {
      return consultationIds.length === 0
        ? []
        : manager.findBy(ConsultationRow, { consultationId: In(consultationIds) });
    },

    ...createWorkListQuery(manager),

    listByAccount: listByAccount(manager),

    listOfFacility: (facilityId, states) =>
      manager.find(ConsultationRow, {
        where: [
          { requesterFacilityId: facilityId, state: In(states) },
          { invitedFacilityId: facilityId, state: In(states) },
        ],
        order: { createdAt: 'ASC', consultationId: 'ASC' },
      }),

    listLeft: listLeft(manager),

    listIdsOfPatients: async (patientIds) =>
      patientIds.length === 0
        ? []
        : (
            await manager.find(ConsultationRow, {
              select: { consultationId: true },
              where: { patientId: In(patientIds) },
            })
          ).map((one) => one.consultationId),

    replace: (consultation, version) =>
      updateRow<Consultation>(
        manager,
        ConsultationRow,
        { consultationId: consultation.consultationId, version },
        consultation,
      ),

    nextCaseSequence: (series) => nextCount(manager, `case/${series}`),

    ...createGrantStore(manager),
  };
}

function listByAccount(manager: EntityManager): ConsultationStore['listByAccount'] {
  return (accountId, { at, state, limit }) => {
    const query = manager
      .createQueryBuilder(ConsultationRow, 'c')
      // From the account's grants to the cases: SQLite takes the other way where it is left the choice.
      .where((builder) => {
        const grants = builder
          .subQuery()
          .select('g.consultationId')
          .from(GrantRow, 'g')
          .where('g.accountId = :accountId')
          .andWhere('g.fromAt <= :at')
          .andWhere('(g.endedAt IS NULL OR g.endedAt > :at)');
        return `c.consultationId IN ${grants.getQuery()}`;
      })
      .setParameters({ accountId, at: at.toISOString() })
      .orderBy('c.changedAt', 'DESC');
    if (limit !== undefined) query.limit(limit);
    return (state === undefined ? query : query.andWhere('c.state = :state', { state })).getMany();
  };
}

function listLeft(manager: EntityManager): ConsultationStore['listLeft'] {
  return (now, states) => {
    const inForce = (one: string) =>
      `(${one}.fromDay IS NULL OR ${one}.fromDay <= :day) AND (${one}.toDay IS NULL OR ${one}.toDay >= :day) AND ` +
      `(${one}.endedAt IS NULL OR ${one}.endedAt > :at)`;
    const worksThere = (one: string) =>
      `${one}.accountId = c.specialistId AND ${one}.facilityId = c.invitedFacilityId AND ${one}.role IN (:...roles) AND ${inForce(one)}`;
    return manager
      .createQueryBuilder(ConsultationRow, 'c')
      .leftJoin(AccountRow.options.name, 'who', 'who.accountId = c.specialistId AND who.isActive = 1')
      .leftJoin(AccountRow.options.name, 'main', worksThere('main'))
      .leftJoin(AppointmentRow.options.name, 'further', worksThere('further'))
      .leftJoin(PractitionerRow.options.name, 'p', 'p.accountId = c.specialistId AND p.licenceNumber IS NOT NULL')
      .where('c.state IN (:...states)', { states })
      .andWhere('c.specialistId IS NOT NULL')
      .andWhere(
        '(who.accountId IS NULL OR (main.accountId IS NULL AND further.accountId IS NULL) OR p.validTo < :day OR p.validFrom > :day)',
        { ...now, roles: ROLES_OF_BASIS.assignment },
      )
      .getMany();
  };
}
