import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Database } from '../../../server/database/database.ts';
import { EMPTY_OPINION } from '../../../server/reports/opinion.ts';
import type { StoredAnnotation } from '../../../server/review/board.ts';
import { NOBODY_PRESENTS } from '../../../server/review/presenting.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { makeConsultation } from '../../support/make-case.ts';
import { lengthTo, target, viewportAt } from '../../support/review-moves.ts';

const at = '2026-01-03T00:00:00.000Z';

eachDatabase('what belongs to a case', (open) => {
  let database: Database;
  let consultationId: string;

  beforeEach(async () => {
    database = await open();
    const consultation = makeConsultation();
    consultationId = consultation.consultationId;
    await database.write((stores) => stores.consultations.insert(consultation));
  });

  const annotation = (revision: number, changes: Partial<StoredAnnotation> = {}): StoredAnnotation => ({
    annotationId: randomUUID(),
    consultationId,
    target,
    shape: lengthTo(revision),
    revision,
    authorId: randomUUID(),
    changedById: randomUUID(),
    changedAt: at,
    ...changes,
  });

  it('[AN1] annotations: revisions without gaps from many writers at once, read since any of them', async () => {
    const revisions = await Promise.all(
      Array.from({ length: 20 }, () =>
        database.write(async (stores) => {
          const revision = await stores.review.nextRevision(consultationId);
          await stores.review.saveAnnotation(annotation(revision));
          return revision;
        }),
      ),
    );
    assert.deepEqual(
      revisions.toSorted((a, b) => a - b),
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    const { review } = database.read;
    assert.equal(await review.lastRevision(consultationId), 20);
    assert.equal(await review.lastRevision(randomUUID()), 0);
    const since = await review.listAnnotationsSince(consultationId, 17);
    assert.deepEqual(
      since.map((one) => one.revision),
      [18, 19, 20],
    );
    assert.equal(await review.countAnnotations(consultationId), 20);
  });

  it('[AN3] annotations: a changed one and a tombstone take the place of what was there', async () => {
    const first = annotation(1);
    const { annotationId } = first;
    const tombstone = { ...first, shape: null, revision: 2 };
    for (const one of [first, tombstone]) await database.write((stores) => stores.review.saveAnnotation(one));
    assert.deepEqual(await database.read.review.findAnnotation(consultationId, annotationId), tombstone);
    assert.deepEqual(await database.read.review.listAnnotationsSince(consultationId, 0), [tombstone]);
    assert.equal(await database.read.review.findAnnotation(randomUUID(), annotationId), undefined);
  });

  it('[RV6] presenting: who does and what they show, from the presenter’s window alone', async () => {
    const { review } = database.read;
    assert.deepEqual(await review.findPresenting(consultationId), { presenting: NOBODY_PRESENTS, viewport: null });
    const presenter = { accountId: randomUUID(), name: '李春梅', peerId: 'window-1' };
    await database.write(async (stores) => {
      assert.deepEqual(await stores.review.lockPresenting(consultationId), {
        presenting: NOBODY_PRESENTS,
        viewport: null,
      });
      await stores.review.savePresenting(consultationId, { ...NOBODY_PRESENTS, presenter });
    });
    const save = (peerId: string, frame: number) =>
      database.write((stores) => stores.review.saveViewport(consultationId, peerId, viewportAt(frame)));
    assert.equal(await save('window-1', 3), true);
    assert.equal(await save('window-1', 3), true, 'the same picture again is still the presenter’s');
    assert.equal(await save('window-2', 4), false);
    assert.deepEqual(await review.findPresenting(consultationId), {
      presenting: { ...NOBODY_PRESENTS, presenter },
      viewport: viewportAt(3),
    });
  });

  it('[RV4] presenting: whoever changes it at once with another does so one after the other', async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        database.write(async (stores) => {
          const { presenting } = await stores.review.lockPresenting(consultationId);
          const count = Number(presenting.presenter?.name ?? '0') + 1;
          const presenter = { accountId: randomUUID(), name: String(count), peerId: `window-${index}` };
          await stores.review.savePresenting(consultationId, { ...presenting, presenter });
        }),
      ),
    );
    assert.equal((await database.read.review.findPresenting(consultationId)).presenting.presenter?.name, '12');
  });

  it('[CH2] chat lines: in order, without gaps, from many writers at once', async () => {
    const line = () => ({
      messageId: randomUUID(),
      consultationId,
      authorId: randomUUID(),
      text: '您好 😀',
      postedAt: at,
    });
    const sent = await Promise.all(
      Array.from({ length: 15 }, () => database.write((stores) => stores.chat.append(line()))),
    );
    const { chat } = database.read;
    const all = await chat.listAfter(consultationId, 0, 100);
    assert.deepEqual(
      all.map((one) => one.sequence),
      Array.from({ length: 15 }, (_, index) => index + 1),
    );
    assert.deepEqual(
      (await chat.listAfter(consultationId, 10, 2)).map((one) => one.sequence),
      [11, 12],
    );
    const [first] = sent;
    assert.ok(first);
    assert.deepEqual(await chat.find(consultationId, first.messageId), first);
    await assert.rejects(
      database.write((stores) => stores.chat.append(first)),
      'the same id twice',
    );
    assert.equal(
      (await database.write((stores) => stores.chat.append(line()))).sequence,
      16,
      'the failed one took no number',
    );
  });

  it('[RP1] the opinion: first saved once, then version by version', async () => {
    const opinion = (version: number) => ({
      consultationId,
      version,
      opinion: { ...EMPTY_OPINION, findings: `第 ${version} 稿` },
      authorId: randomUUID(),
      savedAt: at,
    });
    const save = (to: number, from: number) =>
      database.write((stores) => stores.reports.saveOpinion(opinion(to), from));
    assert.deepEqual((await Promise.all([save(1, 0), save(1, 0)])).toSorted(), [false, true]);
    assert.equal(await save(2, 0), false);
    assert.equal(await save(3, 2), false);
    assert.equal(await save(2, 1), true);
    assert.equal((await database.read.reports.findOpinion(consultationId))?.opinion.findings, '第 2 稿');
    await database.write((stores) => stores.reports.deleteOpinion(consultationId));
    assert.equal(await database.read.reports.findOpinion(consultationId), undefined);
  });

  it('[RP4] the report: one a version of a case, and byte for byte what was signed', async () => {
    const report = {
      reportId: randomUUID(),
      consultationId,
      version: 1,
      opinionVersion: 4,
      authorId: randomUUID(),
      signedAt: at,
      canonical: `{"findings":"${'右肺下叶结节，\\n直径 8 mm。😀'.repeat(3000)}"}`,
      signature: { algorithm: 'Ed25519' as const, signerId: randomUUID(), publicKey: 'cHVibGlj', value: 'c2lnbmVk' },
    };
    await database.write((stores) => stores.reports.insert(report));
    const { reports } = database.read;
    assert.deepEqual(await reports.findValid(consultationId), report);
    assert.deepEqual({ ...(await reports.findHead(consultationId)) }.reportId, report.reportId);
    assert.equal(await reports.findHead(randomUUID()), undefined);
    await assert.rejects(database.write((stores) => stores.reports.insert({ ...report, reportId: randomUUID() })));
    const amended = { ...report, reportId: randomUUID(), version: 2, canonical: '{}' };
    await database.write((stores) => stores.reports.insert(amended));
    assert.deepEqual(await reports.findValid(consultationId), amended);
    assert.deepEqual(await reports.listByConsultation(consultationId), [report, amended]);
    const acknowledgement = {
      reportId: report.reportId,
      adoptions: [{ recommendationId: randomUUID(), decision: 'partly' as const, reason: '条件所限' }],
      acknowledgedBy: randomUUID(),
      acknowledgedAt: at,
    };
    await database.write((stores) => stores.reports.insertAcknowledgement(acknowledgement));
    assert.deepEqual(await database.read.reports.findAcknowledgement(report.reportId), acknowledgement);
    await assert.rejects(database.write((stores) => stores.reports.insertAcknowledgement(acknowledgement)));
  });

  it('[RP7] key images: noted once under their hash', async () => {
    const image = { consultationId, sha256: 'a'.repeat(64), sizeBytes: 12, addedBy: randomUUID(), addedAt: at };
    for (let twice = 0; twice < 2; twice += 1) await database.write((stores) => stores.reports.insertKeyImage(image));
    assert.deepEqual(await database.read.reports.findKeyImage(consultationId, image.sha256), image);
    assert.equal(await database.read.reports.findKeyImage(randomUUID(), image.sha256), undefined);
  });
});
