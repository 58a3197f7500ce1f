import type { EntityManager } from 'typeorm';
import type { ReportStore } from '../reports/store.ts';
import { insertRow } from './insert-row.ts';
import { AcknowledgementRow, KeyImageRow, OpinionRow, ReportRow } from './report-rows.ts';
import { insertNew, updateRow } from './update-row.ts';

export function createReportStore(manager: EntityManager): ReportStore {
  return {
    findOpinion: async (consultationId) => (await manager.findOneBy(OpinionRow, { consultationId })) ?? undefined,

    saveOpinion: (opinion, version) =>
      version === 0
        ? insertNew(manager, OpinionRow, opinion)
        : updateRow(manager, OpinionRow, { consultationId: opinion.consultationId, version }, opinion),

    async deleteOpinion(consultationId) {
      await manager.delete(OpinionRow, { consultationId });
    },

    insert: (report) => insertRow(manager, ReportRow, report),
    findByConsultation: async (consultationId) => (await manager.findOneBy(ReportRow, { consultationId })) ?? undefined,
    async findId(consultationId) {
      const report = await manager.findOne(ReportRow, { select: { reportId: true }, where: { consultationId } });
      return report?.reportId ?? null;
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
