import assert from 'node:assert/strict';
import { compareRomanizedName } from '../../../server/patients/romanized-name.ts';

type Verdict = ReturnType<typeof compareRomanizedName>;

const check = (verdict: Verdict, cases: readonly (readonly [string, string])[]): void => {
  for (const [characters, latin] of cases)
    assert.equal(compareRomanizedName(characters, latin), verdict, `${characters} and ${latin}`);
};

describe('a romanised name of a file beside the name in characters', () => {
  it('is the same where it is its pinyin, however that is written', () => {
    check('same', [
      ['王建国', 'WANG^JIANGUO'],
      ['王建国', 'Wang^Jian Guo'],
      ['王建国', 'wang jianguo'],
      ['王建国', 'WANGJIANGUO'],
      ['王建国', 'WangJianGuo'],
      ['王建国', 'WANG JIAN-GUO'],
      ['王建国', 'WANG^JIAN^GUO^^'],
      ['王建国', 'Wáng^Jiànguó'],
      ['王建国', 'WANG2^JIAN4GUO2'],
      ['王建国', 'WANG2 JIAN4 GUO2'],
      ['王 建国', 'WANG^JIANGUO'],
      ['王建国', 'JIANGUO^WANG'],
      ['王建国', 'Jianguo Wang'],
      ['张伟', 'ZHANG^WEI'],
      ['李西安', "LI^XI'AN"],
      ['李先', 'LI^XIAN'],
      ['王海鸥', 'WANG^HAIOU'],
      ['欧阳修', 'OUYANG^XIU'],
      ['欧阳娜娜', 'OU YANG NA NA'],
    ]);
  });

  it('is the same by the readings that families bear, and by every reading of a given name', () => {
    check('same', [
      ['单丽', 'SHAN^LI'],
      ['仇英', 'QIU^YING'],
      ['曾国藩', 'ZENG^GUOFAN'],
      ['解晓东', 'XIE^XIAODONG'],
      ['查良镛', 'ZHA^LIANGYONG'],
      ['任长霞', 'REN^CHANGXIA'],
      ['尉迟恭', 'YUCHI^GONG'],
      ['覃海洋', 'QIN^HAIYANG'],
      ['覃海洋', 'TAN^HAIYANG'],
      ['王长乐', 'WANG^CHANGLE'],
      ['王长乐', 'WANG^CHANGYUE'],
    ]);
    check('unknown', [
      ['单丽', 'DAN^LI'],
      ['仇英', 'CHOU^YING'],
      ['曾国藩', 'CENG^GUOFAN'],
    ]);
  });

  it('is the same by every spelling of ü, but not by u, which is another family', () => {
    check('same', [
      ['吕布', 'LV^BU'],
      ['吕布', 'LYU^BU'],
      ['吕布', 'LU:^BU'],
      ['吕布', 'Lǚ^Bù'],
      ['吕布', 'LÜ^BU'],
      ['王玉女', 'WANG^YUNV'],
    ]);
    check('unknown', [['吕布', 'LU^BU']]);
  });

  it('differs where no way of writing names makes it of these characters', () => {
    check('differs', [
      ['王建国', 'LI^NA'],
      ['王芳', 'LI^NA'],
      ['王建国', 'WANG^JIANMIN'],
      ['王建国', 'WANG^MIN'],
      ['张丽', 'ZHANG^DEMING'],
      ['陈大文', 'CHEN^MEILING'],
      ['刘德华', 'ZHAO^LEI'],
      ['欧阳修', 'SIMA^GUANG'],
      ['赵敏', 'ZHOU^ZHIRUO'],
    ]);
  });

  it('is in doubt, and never the same, where another person’s name reads so', () => {
    check('unknown', [
      ['魏莉', 'LI^WEI'],
      ['李西安', 'LI^XIAN'],
      ['王安丽', 'WANGANLI'],
      ['王建娥', 'WANG^JIANE'],
      ['简国旺', 'WANG^JIAN GUO'],
      ['王建国', 'WANG2^JIAN1GUO2'],
      ['王芳', 'WANG^FENG'],
    ]);
  });

  it('is in doubt where it is cut short, written by other rules, foreign or no name at all', () => {
    check('unknown', [
      ['王建国', 'WANG^JIAN'],
      ['王建国', 'WANG^JG'],
      ['王建国', 'WANG'],
      ['王建国', 'WANG^CHIEN-KUO'],
      ['陈大文', 'CHAN^TAI MAN'],
      ['黄永强', 'WONG^WING KEUNG'],
      ['林大为', 'LIN^TA-WEI'],
      ['张美玲', 'CHANG^MEI LING'],
      ['王建国', 'WANG^PETER'],
      ['买买提·艾力', 'MAMAT^ELI'],
      ['扎西', 'TASHI'],
      ['巴图孟和', 'BATU^MINGHE'],
      ['王建国', 'WANG^JIANGUO 60Y'],
      ['王建国', 'PATIENT 0042'],
      ['王', 'WANG'],
      ['王建国', ''],
    ]);
  });
});
