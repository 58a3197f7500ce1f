import { type EntityManager, LessThan, MoreThan } from 'typeorm';
import type { StoredAct, StoredAnnotation } from '../../review/board.ts';
import { NOBODY_PRESENTS } from '../../review/presenting.ts';
import type { ReviewStore } from '../../review/store.ts';
import { lastCount, nextCount } from '../counter.ts';
import { insertNew, updateRow } from '../update-row.ts';
import { ActRow, AnnotationRow, PresentingRow } from './rows.ts';

export function createReviewStore(manager: EntityManager): ReviewStore {
  const isMysql = manager.connection.options.type === 'mysql';
  const board = (consultationId: string) => `board/${consultationId}`;

  return {
    nextRevision: (consultationId) => nextCount(manager, board(consultationId)),
    lastRevision: (consultationId) => lastCount(manager, board(consultationId)),
    findAnnotation: async (consultationId, annotationId) =>
      (await manager.findOneBy(AnnotationRow, { consultationId, annotationId })) ?? undefined,

    async saveAnnotation(annotation) {
      const { consultationId, annotationId } = annotation;
      if (!(await insertNew(manager, AnnotationRow, annotation)))
        await updateRow<StoredAnnotation>(manager, AnnotationRow, { consultationId, annotationId }, annotation);
    },

    listAnnotationsSince: (consultationId, revision) =>
      manager.find(AnnotationRow, {
        where: { consultationId, revision: MoreThan(revision) },
        order: { revision: 'ASC' },
      }),
    countAnnotations: (consultationId) => manager.countBy(AnnotationRow, { consultationId }),

    findAct: async (consultationId, actId) => (await manager.findOneBy(ActRow, { consultationId, actId })) ?? undefined,

    async saveAct(act) {
      const { consultationId, actId } = act;
      if (!(await insertNew(manager, ActRow, act)))
        await updateRow<StoredAct>(manager, ActRow, { consultationId, actId }, act);
    },

    async listActs(consultationId, accountId, count) {
      const last = await manager.find(ActRow, {
        where: { consultationId, accountId },
        order: { sequence: 'DESC' },
        take: count,
      });
      return last.reverse();
    },

    async trimActs(consultationId, accountId, keep) {
      await manager.delete(ActRow, { consultationId, accountId, undone: true });
      const [oldest] = await manager.find(ActRow, {
        where: { consultationId, accountId },
        order: { sequence: 'DESC' },
        skip: keep - 1,
        take: 1,
      });
      if (oldest) await manager.delete(ActRow, { consultationId, accountId, sequence: LessThan(oldest.sequence) });
    },

    async findPresenting(consultationId) {
      const row = await manager.findOneBy(PresentingRow, { consultationId });
      return row
        ? { presenting: row.presenting, viewport: row.viewport }
        : { presenting: NOBODY_PRESENTS, viewport: null };
    },

    async lockPresenting(consultationId) {
      // MySQL: an ignored insert would leave a shared lock, and two of those deadlock; this one takes the row for itself.
      const onConflict = isMysql
        ? 'ON DUPLICATE KEY UPDATE consultationId = VALUES(consultationId)'
        : 'ON CONFLICT DO NOTHING';
      await manager.query(`INSERT INTO review_stage (consultationId, stage) VALUES (?, ?) ${onConflict}`, [
        consultationId,
        JSON.stringify(NOBODY_PRESENTS),
      ]);
      const row = await manager.findOneOrFail(PresentingRow, {
        where: { consultationId },
        ...(isMysql ? { lock: { mode: 'pessimistic_write' as const } } : {}),
      });
      return { presenting: row.presenting, viewport: row.viewport };
    },

    async savePresenting(consultationId, presenting) {
      await updateRow(
        manager,
        PresentingRow,
        { consultationId },
        { presenting, presenterPeerId: presenting.presenter?.peerId ?? null },
      );
    },

    saveViewport: (consultationId, peerId, viewport) =>
      updateRow(manager, PresentingRow, { consultationId, presenterPeerId: peerId }, { viewport }),
  };
}
