import assert from 'node:assert/strict';
import { DiagnosisTerm } from '../../../server/contract/index.ts';
import { diagnosisTerms, searchDiagnoses } from '../../../server/diagnoses/search.ts';

const codes = (typed: string): string[] => searchDiagnoses(typed).map((term) => term.code);

describe('finding an ICD-10 code', () => {
  it('has each name once, in both languages and as the contract has it', () => {
    for (const term of diagnosisTerms) {
      DiagnosisTerm.parse(term);
      assert.match(term.zh, /\p{Script=Han}/u, term.code);
      assert.match(term.en, /^[\p{L}0-9 (),'/.-]+$/u, term.code);
    }
    assert.equal(new Set(diagnosisTerms.map((term) => term.zh)).size, diagnosisTerms.length);
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
    assert.equal(codes('慢阻肺')[0], 'J44.9');
    assert.ok(codes('肺结节').includes('R91'));
  });

  it('works by English words in any order', () => {
    assert.ok(codes('lung lobe upper').includes('C34.1'));
    assert.equal(codes('pneumonia')[0], 'J18.9');
  });

  it('finds what physicians write every day, though the classification calls it otherwise', () => {
    for (const written of [
      ['发热待查', '肺部感染', '上消化道出血', '早搏', '社区获得性肺炎', '乳腺结节', '支气管肺癌', '慢阻肺', '冠心病'],
      [
        '房颤',
        '心衰',
        '脑梗',
        '支扩',
        '重症肺炎',
        '间质性肺炎',
        '甲状腺结节',
        '肝占位',
        '胸闷',
        '胸痛待查',
        '腹痛待查',
      ],
      ['房早', '室早', '急性心梗', '肾功能不全', '泌尿系感染', '脓毒症', '颅脑外伤', '宫外孕', '新生儿黄疸'],
    ].flat())
      assert.ok(searchDiagnoses(written).length > 0, written);
    assert.equal(searchDiagnoses('发热待查')[0]?.zh, '发热待查');
    assert.equal(searchDiagnoses('重症肺炎')[0]?.code, '', 'text alone where no one category is right');
  });

  it('works by abbreviations', () => {
    const meant: [string, RegExp][] = [
      ['COPD', /^J44/],
      ['ami', /^I21/],
      ['AECOPD', /^J44.1$/],
      ['TIA', /^G45/],
      ['HCC', /^C22.0$/],
      ['SLE', /^M32/],
      ['CKD', /^N18/],
    ];
    for (const [short, code] of meant) assert.match(codes(short)[0] ?? '', code, short);
  });

  it('works by pinyin: syllables, initials or both, with any reading of a character', () => {
    const names = (typed: string) => searchDiagnoses(typed).map((term) => term.zh);
    assert.ok(names('feiyan').includes('肺炎'));
    assert.ok(names("fei'yan").includes('肺炎'));
    assert.ok(names('fei yan').includes('肺炎'));
    assert.ok(names('frdc').includes('发热待查'));
    assert.ok(names('mxzsx').some((name) => name.startsWith('慢性阻塞性肺')));
    assert.ok(
      names('mzf').some((name) => name.startsWith('慢性阻塞性肺')),
      '慢阻肺',
    );
    assert.ok(
      names('gxb').some((name) => name.startsWith('冠状动脉')),
      '冠心病',
    );
    assert.ok(names('naochuxue').includes('脑出血'));
    assert.ok(names('naochuxie').includes('脑出血'));
    assert.ok(names('zaob').includes('早搏'));
  });

  it('gives nothing for nothing, and nothing for what is no diagnosis', () => {
    assert.deepEqual(codes('  '), []);
    assert.deepEqual(codes('zzzz'), []);
  });
});
