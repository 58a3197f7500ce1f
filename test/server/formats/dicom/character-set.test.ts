import assert from 'node:assert/strict';
import { decodeText, inferCharacterSets } from '../../../../server/formats/dicom/character-set.ts';
import { readDicomFile } from '../../../../server/formats/dicom/dicom-file.ts';
import { toDicomJson } from '../../../../server/formats/dicom/dicom-json.ts';
import { readHeader } from '../../../../server/formats/dicom/header.ts';
import { jsonAttributes } from '../../../../server/formats/dicom/json-attributes.ts';
import { formatPersonName } from '../../../../server/formats/dicom/person-name.ts';
import { readData } from '../../../support/data.ts';

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const hex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
const utf8 = (text: string) => new TextEncoder().encode(text);

/** Names as PS3.5 annexes H to K and the makers of the samples spell them. */
const NAMES: [string, string, string][] = [
  ['charset/chrArab', 'قباني^لنزار', 'قباني, لنزار'],
  ['charset/chrFren', 'Buc^Jérôme', 'Buc, Jérôme'],
  ['charset/chrFrenMulti', 'Buc^Jérôme', 'Buc, Jérôme'],
  ['charset/chrGerm', 'Äneas^Rüdiger', 'Äneas, Rüdiger'],
  ['charset/chrGreek', 'Διονυσιος', 'Διονυσιος'],
  ['charset/chrHbrw', 'שרון^דבורה', 'שרון, דבורה'],
  ['charset/chrRuss', 'Люкceмбypг', 'Люкceмбypг'],
  ['charset/chrH31', 'Yamada^Tarou=山田^太郎=やまだ^たろう', '山田太郎'],
  ['charset/chrH32', 'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう', '山田太郎'],
  ['charset/chrJapMulti', 'やまだ^たろう', 'やまだたろう'],
  ['charset/chrI2', 'Hong^Gildong=洪^吉洞=홍^길동', '洪吉洞'],
  ['charset/chrKoreanMulti', '김희중', '김희중'],
  ['charset/chrX1', 'Wang^XiaoDong=王^小東=', '王小東'],
  ['charset/chrX2', 'Wang^XiaoDong=王^小东=', '王小东'],
  ['charset/chrGB2312', 'Zhang^XiaoDong=张^小东=', '张小东'],
  ['derived/name_gb18030_4byte', 'Ouyang^Yi=欧阳^㐂', '欧阳㐂'],
  ['derived/name_gbk_declared', 'Zhao=赵雷', '赵雷'],
  ['derived/name_gbk_undeclared', '王小明', '王小明'],
  ['derived/pdf_gb18030_title', 'Li^Ming=李^明', '李明'],
];

describe('names and texts in every character set', () => {
  for (const [name, stored, shown] of NAMES) {
    it(`shows ${shown} (${name})`, async () => {
      const { patientName } = readHeader(await readData(`dicom/${name}.dcm`), { partial: true });
      assert.equal(patientName, stored);
      assert.equal(formatPersonName(patientName), shown);
    });
  }

  it('decodes each sequence item by its own character set', async () => {
    const file = readDicomFile(await readData('dicom/charset/chrSQEncoding.dcm'));
    const json = jsonAttributes(toDicomJson(file, { bulkDataUri: () => undefined }));
    const [item] = json.items('00321064');
    assert.deepEqual(item?.strings('00100010'), ['ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう']);
  });

  it('does not take a backslash that is half of a character for the end of a value', () => {
    // GB18030 and GBK have second bytes from 40H on: here 5CH and 5EH.
    assert.equal(decodeText(hex('b45cd7d3'), ['GB18030']), new TextDecoder('gb18030').decode(hex('b45cd7d3')));
    assert.equal(decodeText(hex('8a5e'), ['GBK'], true).length, 1);
  });

  it('understands misspelt and multi-valued declarations', () => {
    assert.equal(decodeText(latin1('J\u00e9r\u00f4me'), ['ISO-IR 100']), 'Jérôme');
    assert.equal(decodeText(hex('cdf5'), ['GB2312']), '王');
    assert.equal(decodeText(utf8('王'), ['ISO_IR 192']), '王');
    assert.equal(decodeText(utf8('王'), ['UTF-8']), '王');
    // Declared with code extensions, but the escape sequence is missing.
    assert.equal(decodeText(hex('cdf5'), ['', 'ISO 2022 IR 58']), '王');
  });
});

describe('text whose character set is not declared, or wrongly', () => {
  const read = (bytes: Uint8Array, others: Uint8Array[] = [], declared = ['ISO_IR 100']) =>
    decodeText(bytes, inferCharacterSets(declared, [bytes, ...others]) ?? declared, true);

  it('reads GBK under Latin-1 or nothing, as Chinese devices write it', () => {
    for (const declared of [['ISO_IR 100'], ['ISO_IR 6'], [''], []]) {
      assert.equal(read(hex('cdf5d0a1c3f7'), [], declared), '王小明');
      assert.equal(read(hex('cdf55ed0a1c3f7'), [], declared), '王^小明');
      // 朱镕基: the second character has a letter of ASCII as its second byte.
      assert.equal(read(hex('d6ece946bbf9'), [], declared), '朱镕基');
    }
    assert.equal(read(hex('d0d8b2bf4354c6bdc9a8')), '胸部CT平扫');
  });

  it('reads a value that alone proves nothing by the company it is in', () => {
    const head = hex('cdb74354');
    assert.equal(
      read(head),
      latin1('\u00cd\u00b7CT').reduce((text, byte) => text + String.fromCharCode(byte), ''),
    );
    assert.equal(read(head, [hex('cdf5d0a1c3f7')]), '头CT');
  });

  it('reads UTF-8 under Latin-1 or nothing', () => {
    assert.equal(read(utf8('王小明')), '王小明');
    assert.equal(read(utf8('欧阳^娜娜'), [], ['']), '欧阳^娜娜');
  });

  it('leaves European names alone, also those whose letters would make Chinese characters', () => {
    const names = [
      'Äneas^Rüdiger',
      'Buc^Jérôme',
      'Kößler^Jürgen',
      'Größe^Süß',
      'ÑÁÑEZ^JOSÉ',
      'José^María',
      'Þór^Ægir',
      'Müßig^Zoë',
      'créée',
      'Ångström^Åsa',
      'É',
    ];
    for (const name of names) {
      assert.equal(read(latin1(name)), name);
      assert.equal(inferCharacterSets(['ISO_IR 100'], names.map(latin1)), undefined);
    }
  });

  it('never guesses where a character set is declared that has more than Latin letters', () => {
    for (const declared of [['ISO_IR 144'], ['GB18030'], ['ISO_IR 192'], ['', 'ISO 2022 IR 149']]) {
      assert.equal(inferCharacterSets(declared, [hex('cdf5d0a1c3f7')]), undefined);
    }
  });
});

describe('writing a name for people', () => {
  it('prefers the ideographic group and writes no caret', () => {
    assert.equal(formatPersonName('Wang^XiaoMing=王^小明'), '王小明');
    assert.equal(formatPersonName('欧阳^娜娜'), '欧阳娜娜');
    assert.equal(
      formatPersonName('Adams^John Robert Quincy^^Rev.^B.A. M.Div.'),
      'Adams, John Robert Quincy, Rev., B.A. M.Div.',
    );
    assert.equal(formatPersonName('Doe^John^^^'), 'Doe, John');
    assert.equal(formatPersonName('^^^^'), '');
    assert.equal(formatPersonName(''), '');
  });
});
