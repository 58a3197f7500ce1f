import assert from 'node:assert/strict';
import { hashPassword, isPasswordRight } from '../../../server/accounts/password.ts';
import { findPasswordFault } from '../../../server/accounts/password-rules.ts';

const OWNER = { login: 'zhang.wei', name: '张伟', facilityName: '青溪县人民医院' };

describe('a password that is chosen', () => {
  const refused: Record<string, string[]> = {
    'password-too-short': ['', 'short', '123456789', '八个汉字太短了吗', '👩‍⚕️'],
    'password-phone': ['13812345678', 'zw13812345678', '138-1234-5678', '+86 138 1234 5678', '１３８１２３４５６７８'],
    'password-birthday': [
      '19900102ab',
      '1990-01-02!',
      'zw900102zw',
      '19900102zw!',
      '230103199001021234',
      '23010319900102123X',
    ],
    'password-repetitive': [
      'aaaaaaaaaa',
      '1234567890',
      '9876543210',
      'qwertyuiop',
      'abcabcabcabc',
      '12345abcde',
      '一二三四五六七八九十',
    ],
    'password-own-name': ['zhangwei123', 'zhang.wei2024', 'weizhang888', 'Zhang-Wei-520', '我是张伟张伟张伟张伟我'],
    'password-facility': ['qingxixianrenminyiyuan', '青溪县人民医院2024', 'huizhen-demo', 'HuiZhen2026'],
    'password-common': ['password123456', 'Sunshine2024!', 'iloveyou1314520', 'letmein!!123', '123456password'],
    'password-pinyin': ['wangfang123456', 'lixiaoming520', 'liuyang-1990', '666chenjing'],
  };
  for (const [reason, passwords] of Object.entries(refused))
    it(`[AC5] is refused with a reason of its own: ${reason}`, () => {
      const found = passwords.map((password) => [password, findPasswordFault(password, OWNER)]);
      assert.deepEqual(
        found,
        passwords.map((password) => [password, reason]),
      );
    });

  it('[AC5] may be anything else, however it is composed: a sentence, Chinese alone, small letters alone, 256 characters', () => {
    const good = [
      '春眠不觉晓处处闻啼鸟',
      'correct horse battery',
      'xk7-Qm2vP9',
      'woaibeijingtiananmen',
      'eleven quiet herons',
      '今天食堂有红烧肉真好',
      '🐘🦒🐢🦔🐙🦉🐝🦊🐳🦀',
      'qvz mkt jrb wxl '.repeat(16),
    ];
    for (const password of good) assert.equal(findPasswordFault(password, OWNER), undefined, password);
  });

  it('[AC5] is measured in characters as a person counts them, not in bytes', () => {
    assert.equal(findPasswordFault('🐘🦒🐢🦔🐙🦉🐝🦊🐳', OWNER), 'password-too-short');
    assert.equal(findPasswordFault('🐘🦒🐢🦔🐙🦉🐝🦊🐳🦀', OWNER), undefined);
  });

  it('[AC5] is the same from every input method: full-width letters and composed accents', async () => {
    const hash = await hashPassword('Ｃafé ｏｎ Ｔｕｅｓｄａｙ');
    assert.equal(await isPasswordRight(hash, 'Cafe\u0301 on Tuesday'), true);
    assert.equal(await isPasswordRight(hash, 'Cafe on Tuesday'), false);
    assert.equal(await isPasswordRight(null, ''), false);
  });

  it('[AC5] is looked at in no time, whatever is typed', () => {
    for (const long of ['a'.repeat(256), 'xian'.repeat(64), '\ufdfa'.repeat(256), '1'.repeat(255)]) {
      const from = performance.now();
      findPasswordFault(long, OWNER);
      assert.ok(performance.now() - from < 1_000);
    }
  });
});
