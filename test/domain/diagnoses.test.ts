import assert from 'node:assert/strict';
import { DiagnosisTerm } from '../../server/contract/index.ts';
import { diagnosisTerms, searchDiagnoses } from '../../server/diagnoses/search.ts';

const codes = (typed: string): string[] => searchDiagnoses(typed).map((term) => term.code);

describe('finding an ICD-10 code', () => {
  it('has each code once, each with a name in both languages and as the contract has it', () => {
    for (const term of diagnosisTerms) {
      DiagnosisTerm.parse(term);
      assert.match(term.zh, /\p{Script=Han}/u, term.code);
      assert.match(term.en, /^[\p{L}0-9 (),'/.-]+$/u, term.code);
    }
    assert.equal(new Set(diagnosisTerms.map((term) => term.code)).size, diagnosisTerms.length);
    assert.ok(diagnosisTerms.length > 500);
  });

  it('works by code, with or without the dot, in either case', () => {
    assert.equal(codes('J18.9')[0], 'J18.9');
    assert.equal(codes('j189')[0], 'J18.9');
    assert.deepEqual(codes('c34').slice(0, 2), ['C34.0', 'C34.1']);
  });

  it('works by the Chinese name, by a piece of it, and by what clinicians say', () => {
    assert.equal(codes('肺炎')[0], 'J18.9');
    assert.ok(codes('支原体').includes('J15.7'));
    assert.ok(codes('肺癌').includes('C34.1'));
    assert.equal(codes('慢阻肺')[0], 'J44.0');
    assert.ok(codes('肺结节').includes('R91'));
  });

  it('works by English words in any order', () => {
    assert.ok(codes('lung lobe upper').includes('C34.1'));
    assert.equal(codes('pneumonia')[0], 'J18.9');
  });

  it('gives nothing for nothing, and nothing for what is no diagnosis', () => {
    assert.deepEqual(codes('  '), []);
    assert.deepEqual(codes('zzzz'), []);
  });
});
