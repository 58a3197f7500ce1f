import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { withChange, withEvidence, withMethod, withSigner } from '../../../client/consents/taken-down.ts';
import { en } from '../../../client/i18n/en.ts';
import { zhCn } from '../../../client/i18n/zh-CN.ts';
import { ConsentTextVersion, CURRENT_CONSENT_TEXT } from '../../../server/contract/index.ts';
import { signedConsent } from '../../support/signed-consent.ts';

/** What people signed. A changed hash means that they would be shown another text than theirs: add a version instead. */
const SIGNED = {
  '1': ['c1cf802d1bd8b016', 'd3c1cd6132252a16'],
  '2': ['728023809e3c6f23', '61618a9aee05f290'],
  '3': ['8f3d33715f8a01df', '58a6110e58bdea35'],
};

const hashOf = (text: unknown) => createHash('sha256').update(JSON.stringify(text)).digest('hex').slice(0, 16);

describe('the wording of a consent', () => {
  it('never changes once it has its number, in either language', () => {
    const found = Object.fromEntries(
      ConsentTextVersion.options.map((version) => [
        version,
        [zhCn, en].map(({ consents }) => hashOf(consents.text[`v${version}`])),
      ]),
    );
    assert.deepEqual(found, SIGNED);
    assert.equal(CURRENT_CONSENT_TEXT, ConsentTextVersion.options.at(-1));
  });
});

describe('a consent that is being taken down', () => {
  const patient = { name: '王小雨', guardian: { name: '王建军', relation: 'parent' as const, phone: '' } };
  const drawn = signedConsent('王小雨', { method: 'drawn', evidenceSha256: 'a'.repeat(64), textVersion: '1' });

  it('loses its drawn signature with whatever that stood under, and has the wording of today', () => {
    for (const changed of [
      withChange(drawn, { scopes: ['consult', 'teach'] }),
      withChange(drawn, { signerName: '王建军' }),
      withSigner(drawn, 'guardian', patient),
      withMethod(drawn, 'photo'),
    ])
      assert.deepEqual([changed.evidenceSha256, changed.given], [null, false]);
    assert.equal(withChange(drawn, { scopes: ['consult'] }).textVersion, CURRENT_CONSENT_TEXT);
    const photo = { ...drawn, method: 'photo' as const };
    assert.equal(withChange(photo, { signerName: '王建军' }).evidenceSha256, photo.evidenceSha256);
  });

  it('is given by its evidence, and knows the names of patient and guardian', () => {
    const signed = withEvidence(signedConsent('', { method: 'drawn', given: false }), 'b'.repeat(64), patient);
    assert.deepEqual([signed.given, signed.signerName], [true, '王小雨']);
    assert.equal(withEvidence(signed, null, patient).given, false);
    assert.equal(withSigner(signed, 'guardian', patient).signerName, '王建军');
    assert.equal(withSigner(withSigner(signed, 'guardian', patient), 'patient', patient).signerName, '王小雨');
    assert.equal(withSigner({ ...signed, signerName: '李四' }, 'relative', patient).signerName, '李四');
    const approved = withSigner({ ...signed, scopes: ['consult', 'teach'] }, 'institution', patient);
    assert.deepEqual([approved.scopes, approved.method], [['consult'], 'paper']);
  });
});
