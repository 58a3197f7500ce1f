import assert from 'node:assert/strict';
import { readDicomFile } from '../../../../server/formats/dicom/dicom-file.ts';
import { parsedAttributes } from '../../../../server/formats/dicom/parsed-attributes.ts';
import { readContentTree } from '../../../../server/formats/document/content-tree.ts';
import {
  code,
  contentItem,
  element,
  measuredValue,
  sequence,
  structuredReport,
} from '../../../support/dicom-document-by-hand.ts';

const read = (file: Uint8Array) => readContentTree(parsedAttributes(readDicomFile(file).dataset));

describe('the text of a structured report', () => {
  it('says concept, value and unit of each item in the order and depth of the report, whatever its template', () => {
    const image = sequence('00081199', [
      Buffer.concat([element('00081155', 'UI', '1.2.3'), element('00081160', 'IS', '1\\4')]),
    ]);
    const report = structuredReport('腹部超声报告', [
      contentItem('TEXT', '所见', [element('0040A160', 'UT', '肝内见低回声结节，边界清。')]),
      contentItem(
        'CONTAINER',
        '测量',
        [],
        [
          contentItem('NUM', '长径', [measuredValue('12.50', 'mm')]),
          contentItem('NUM', '个数', [measuredValue('2', '{nodules}')]),
          contentItem('NUM', '未测', [sequence('0040A300', []), code('0040A301', 'Measurement failure')]),
        ],
      ),
      contentItem('CODE', '结论', [code('0040A168', '肝囊肿')]),
      contentItem('PNAME', '报告人', [element('0040A123', 'PN', '陈^致远')]),
      contentItem('DATETIME', '时间', [element('0040A120', 'DT', '20261129101500+0800')]),
      contentItem('DATE', '日期', [element('0040A121', 'DA', '20261129')]),
      contentItem('TIME', '钟点', [element('0040A122', 'TM', '101500.00')]),
      contentItem('IMAGE', '', [image]),
    ]);
    const { title, isComplete, isVerified, lines } = read(report);
    assert.deepEqual({ title, isComplete, isVerified }, { title: '腹部超声报告', isComplete: true, isVerified: false });
    assert.deepEqual(
      lines.map(({ depth, name, text }) => [depth, name, text]),
      [
        [0, '所见', '肝内见低回声结节，边界清。'],
        [0, '测量', ''],
        [1, '长径', '12.50 mm'],
        [1, '个数', '2'],
        [1, '未测', 'Measurement failure'],
        [0, '结论', '肝囊肿'],
        [0, '报告人', '陈致远'],
        [0, '时间', '2026-11-29 10:15:00 UTC+08:00'],
        [0, '日期', '2026-11-29'],
        [0, '钟点', '10:15:00'],
        [0, '', '1.2.3 [1, 4]'],
      ],
    );
  });
});
