import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Consent } from '../../../server/consents/store.ts';
import { withdrawalsOf } from '../../../server/consents/withdrawals.ts';
import { ConsentScope, findConsentProblem, lacksGuardian } from '../../../server/contract/index.ts';
import { consentedScopes, theatreScopes } from '../../../server/patients/consented-scopes.ts';
import { createRandom } from '../../support/random.ts';
import { signedConsent } from '../../support/signed-consent.ts';

const at = new Date('2026-01-03T00:00:00.000Z');
const by = { byAccountId: randomUUID(), at };

function consentTo(scopes: ConsentScope[]): Consent {
  const { given: _, ...terms } = signedConsent('张建国', { scopes });
  return {
    ...terms,
    consentId: randomUUID(),
    consultationId: randomUUID(),
    givenAt: at.toISOString(),
    recordedBy: by.byAccountId,
    withdrawals: [],
  };
}

const someOf = (random: ReturnType<typeof createRandom>) => ConsentScope.options.filter(() => random.below(2) === 0);

describe('what a patient consents to', () => {
  it('[CN3] is what was given last and not taken back since, whatever was given, taken back and given again', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = createRandom(seed);
      let consents: Consent[] = [];
      const expected = new Set<ConsentScope>();
      for (let step = 0; step < 25; step += 1) {
        const scopes = someOf(random);
        if (random.below(2) === 0) {
          consents = [...consents, consentTo(scopes)];
          for (const scope of scopes) expected.add(scope);
        } else {
          const input = { scopes, askedBy: 'patient' as const, askedByName: '', reason: '不愿意' };
          const withdrawals = withdrawalsOf(consents, input, by);
          const keys = withdrawals.map(({ consentId, scope }) => `${consentId} ${scope}`);
          assert.equal(new Set(keys).size, keys.length, `seed ${seed}: nothing is taken back twice`);
          consents = consents.map((one) => ({
            ...one,
            withdrawals: [...one.withdrawals, ...withdrawals.filter(({ consentId }) => consentId === one.consentId)],
          }));
          for (const scope of scopes) expected.delete(scope);
        }
        assert.deepEqual(
          consentedScopes(consents),
          ConsentScope.options.filter((scope) => expected.has(scope)),
          `seed ${seed}, step ${step}`,
        );
      }
    }
  });

  it('[CN8] is of an operation only by a wording that speaks of one', () => {
    const both = (textVersion: Consent['textVersion']) => ({
      ...consentTo(['consult', 'record', 'teach']),
      textVersion,
    });
    assert.deepEqual(theatreScopes([both('2')]), []);
    assert.deepEqual(theatreScopes([both('2'), both('3')]), ['consult', 'record', 'teach']);
    assert.deepEqual(theatreScopes([both('2'), { ...both('3'), scopes: ['consult'] }]), ['consult']);
  });

  it('[CN1] is signed by whoever may: a child under 16 not, the hospital in an emergency with its reason, a relative with the relation', () => {
    const today = '2026-01-03';
    const problem = (changes: object, { birthDate = '1960-02-29', urgency = 'routine' as const } = {}) =>
      findConsentProblem(signedConsent('张建国', changes), { patient: { birthDate }, urgency, today });
    const emergency = (changes: object) =>
      findConsentProblem(signedConsent('刘伟', { signer: 'institution', ...changes }), {
        patient: { birthDate: '' },
        urgency: 'emergency',
        today,
      });
    assert.equal(problem({}), undefined);
    assert.equal(problem({ given: false }), 'consent-not-given');
    assert.equal(problem({ scopes: [] }), 'consent-scope-missing');
    assert.equal(problem({ scopes: ['consult', 'teach'], textVersion: '1' }), 'consent-scope-missing');
    assert.equal(problem({ signerName: ' ' }), 'consent-name-missing');
    assert.equal(problem({ signer: 'relative' }), 'consent-relation-missing');
    assert.equal(problem({ signer: 'relative', relation: 'child' }), undefined);
    assert.equal(problem({ method: 'drawn' }), 'consent-evidence-missing');
    assert.equal(problem({ signer: 'institution', reason: '昏迷' }), 'consent-emergency-only');
    assert.equal(emergency({}), 'consent-reason-missing');
    assert.equal(emergency({ reason: '昏迷' }), undefined);
    assert.equal(emergency({ reason: '昏迷', scopes: ['consult', 'teach'] }), 'consent-scope-missing');
    // The day before the sixteenth birthday, and the day itself.
    assert.equal(problem({}, { birthDate: '2010-01-04' }), 'consent-minor');
    assert.equal(problem({}, { birthDate: '2010-01-03' }), undefined);
  });

  it('[CN1] of a minor names a guardian, unless who is 16 signs alone or an emergency leaves nobody to ask', () => {
    const today = '2026-01-03';
    const lacks = (signer: 'patient' | 'guardian' | 'relative' | 'institution', birthDate: string, guardian?: object) =>
      lacksGuardian(signedConsent('张某', { signer }), {
        patient: { birthDate, ...(guardian && { guardian: { name: '张某', relation: 'parent', phone: '' } }) },
        urgency: 'routine',
        today,
      });
    assert.equal(lacks('relative', '2008-01-04'), true, 'the day before the eighteenth birthday');
    assert.equal(lacks('relative', '2008-01-03'), false);
    assert.equal(lacks('patient', '2009-05-05'), false);
    assert.equal(lacks('patient', '2012-05-05'), true);
    assert.equal(lacks('guardian', '1950-05-05'), true, 'a grown person for whom a guardian signs');
    assert.equal(lacks('guardian', '2012-05-05', {}), false);
    assert.equal(lacks('institution', '2012-05-05'), false);
    assert.equal(lacks('relative', ''), false, 'nobody knows the age');
  });
});
