import type { EntityManager } from 'typeorm';
import type { ReportStore } from '../../reports/store.ts';
import { insertRow } from '../insert-row.ts';
import { insertNew, updateRow } from '../update-row.ts';
import { AcknowledgementRow, KeyImageRow, OpinionRow, ReportRow } from './rows.ts';

export function createReportStore(manager: EntityManager): ReportStore {
  return {
    findOpinion: async (consultationId) => (await manager.findOneBy(OpinionRow, { consultationId })) ?? undefined,

    saveOpinion: (opinion, version) =>
      version === 0
        ? insertNew(manager, OpinionRow, opinion)
        : updateRow(manager, OpinionRow, { consultationId: opinion.consultationId, version }, opinion),

    insertOpinion: (opinion) => insertRow(manager, OpinionRow, opinion),
    async deleteOpinion(consultationId) {
      await manager.delete(OpinionRow, { consultationId });
    },

    insert: (report) => insertRow(manager, ReportRow, report),
    findValid: async (consultationId) =>
      (await manager.findOne(ReportRow, { where: { consultationId }, order: { version: 'DESC' } })) ?? undefined,
    listByConsultation: (consultationId) =>
      manager.find(ReportRow, { where: { consultationId }, order: { version: 'ASC' } }),
    async findHead(consultationId) {
      const head = await manager.findOne(ReportRow, {
        select: { reportId: true, version: true },
        where: { consultationId },
        order: { version: 'DESC' },
      });
      return head ?? undefined;
    },

    insertAcknowledgement: (acknowledgement) => insertRow(manager, AcknowledgementRow, acknowledgement),
    findAcknowledgement: async (reportId) => (await manager.findOneBy(AcknowledgementRow, { reportId })) ?? undefined,

    async insertKeyImage(image) {
      await insertNew(manager, KeyImageRow, image);
    },
    findKeyImage: async (consultationId, sha256) =>
      (await manager.findOneBy(KeyImageRow, { consultationId, sha256 })) ?? undefined,
  };
}
