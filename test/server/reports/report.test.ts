import assert from 'node:assert/strict';
import { createPublicKey, randomUUID, verify } from 'node:crypto';
import canonicalize from 'canonicalize';
import { createSigningKey, unlockSigner } from '../../../server/accounts/signing.ts';
import { Failure, type OpinionDraft, type ReportContent } from '../../../server/contract/index.ts';
import { EMPTY_OPINION, requireAdoptions, requireCompleteOpinion } from '../../../server/reports/opinion.ts';
import { opened, signed } from '../../../server/reports/report.ts';
import type { StoredReport } from '../../../server/reports/store.ts';

const author = {
  accountId: randomUUID(),
  name: '陈致远',
  title: '主任医师',
  role: 'specialist',
  specialty: '放射科',
  facilityId: randomUUID(),
  facilityName: '北江省立医院',
} as const;
const content: ReportContent = {
  reportId: randomUUID(),
  consultationId: randomUUID(),
  caseNumber: 'HZ-230125-20260102-000010',
  version: 1,
  serviceForm: 'consultation',
  patient: { name: '张建国', sex: 'male', birthDate: '1960-02-29', idNumber: '230***********1212' },
  question: '右肺下叶结节性质？',
  requester: { ...author, accountId: randomUUID(), name: '李春梅', role: 'physician' },
  author,
  findings: '右肺下叶见一结节，直径约 8 mm。\n边缘光滑。',
  diagnosis: [{ code: 'R91', display: '肺结节' }],
  recommendations: [{ recommendationId: randomUUID(), text: '三个月后复查 CT。' }],
  keyImages: [],
  signedAt: '2026-01-02T03:04:05.678Z',
};

describe('a report', () => {
  let report: StoredReport;
  let publicKey: string;

  before(async () => {
    const key = await createSigningKey(author.accountId, 'a password', randomUUID(), '2026-01-01T00:00:00.000Z');
    publicKey = key.publicKey;
    report = signed(content, { signer: await unlockSigner(key, 'a password'), opinionVersion: 3 });
  });

  it('[RP4] can be checked by anyone: Ed25519 over the RFC 8785 form of its content', () => {
    const message = canonicalize(content);
    assert.ok(message);
    const key = createPublicKey({
      key: Buffer.from(report.signature.publicKey, 'base64'),
      type: 'spki',
      format: 'der',
    });
    assert.ok(verify(null, Buffer.from(message), key, Buffer.from(report.signature.value, 'base64')));
    assert.deepEqual(opened(report, publicKey), { content, signatureValid: true });
  });

  it('[RP5] is not valid with any one character changed, wherever it stands', () => {
    let checked = 0;
    for (let place = 0; place < report.canonical.length; place += 1) {
      const character = report.canonical.charAt(place);
      const other = /[0-9]/.test(character) ? String((Number(character) + 1) % 10) : character === 'x' ? 'y' : 'x';
      const canonical = report.canonical.slice(0, place) + other + report.canonical.slice(place + 1);
      try {
        assert.equal(opened({ ...report, canonical }, publicKey).signatureValid, false, `character ${place}`);
        checked += 1;
      } catch (thrown) {
        if (thrown instanceof assert.AssertionError) throw thrown;
        // Not a report any more: that is noticed too.
      }
    }
    assert.ok(checked > 200, `${checked} changes left a report`);
  });

  it('[RP5] is not valid under a key that is not registered for its author, however well it was signed', async () => {
    const forger = await createSigningKey(author.accountId, 'another', randomUUID(), '2026-01-01T00:00:00.000Z');
    const forged = signed(
      { ...content, findings: '未见异常。' },
      { signer: await unlockSigner(forger, 'another'), opinionVersion: 3 },
    );
    assert.equal(opened(forged, forger.publicKey).signatureValid, true);
    assert.equal(opened(forged, publicKey).signatureValid, false);
    assert.equal(opened(report, undefined).signatureValid, false);
    const asAnother = { ...report, signature: { ...report.signature, signerId: randomUUID() } };
    assert.equal(opened(asAnother, publicKey).signatureValid, false);
    assert.equal(
      opened({ ...report, consultationId: randomUUID() }, publicKey).signatureValid,
      false,
      'moved to another case',
    );
  });
});

describe('an opinion', () => {
  const complete: OpinionDraft = {
    findings: '见结节',
    diagnosis: [{ code: 'R91', display: '肺结节' }],
    recommendations: [{ recommendationId: randomUUID(), text: '复查' }],
    keyImages: [],
  };

  it('[RP2] is signed only when findings and a diagnosis are there and no recommendation is empty', () => {
    requireCompleteOpinion(complete);
    const fields = (changes: Partial<OpinionDraft>): string[] | undefined => {
      try {
        requireCompleteOpinion({ ...complete, ...changes });
        return undefined;
      } catch (thrown) {
        assert.ok(thrown instanceof Failure && thrown.reason === 'draft-incomplete');
        return thrown.fields;
      }
    };
    assert.deepEqual(fields(EMPTY_OPINION), ['findings', 'diagnosis']);
    assert.deepEqual(fields({ findings: ' \n' }), ['findings']);
    assert.deepEqual(
      fields({ recommendations: [...complete.recommendations, { recommendationId: randomUUID(), text: ' ' }] }),
      ['recommendations.1.text'],
    );
    assert.deepEqual(fields({ recommendations: [...complete.recommendations, ...complete.recommendations] }), [
      'recommendations',
    ]);
  });

  it('[RP6] is acknowledged only when each recommendation is answered once, with a reason where it is not adopted', () => {
    const first = randomUUID();
    const second = randomUUID();
    const recommendations = [
      { recommendationId: first, text: '复查' },
      { recommendationId: second, text: '活检' },
    ];
    const adopted = { recommendationId: first, decision: 'adopted', reason: '' } as const;
    const refused = { recommendationId: second, decision: 'not-adopted', reason: '患者拒绝' } as const;
    assert.deepEqual(requireAdoptions(recommendations, [refused, adopted]), [adopted, refused]);
    const fields = (adoptions: Parameters<typeof requireAdoptions>[1]): string[] | undefined => {
      try {
        requireAdoptions(recommendations, adoptions);
        return undefined;
      } catch (thrown) {
        assert.ok(thrown instanceof Failure && thrown.reason === 'adoption-incomplete');
        return thrown.fields;
      }
    };
    assert.deepEqual(fields([]), ['adoptions.0', 'adoptions.1']);
    assert.deepEqual(fields([adopted]), ['adoptions.1']);
    assert.deepEqual(fields([adopted, { ...refused, reason: ' ' }]), ['adoptions.1.reason']);
    assert.deepEqual(fields([adopted, adopted, refused]), ['adoptions.0']);
    assert.deepEqual(fields([adopted, refused, { ...adopted, recommendationId: randomUUID() }]), ['adoptions']);
  });
});
