import type { Subject } from '../subject.ts';
import { type Mark, PAGE, writePdf } from './write-pdf.ts';

export interface LaboratoryResult {
  name: string;
  value: number;
  unit: string;
  /** Above it the value is marked. */
  upperLimit: number;
}

const LEFT = 60;
const RIGHT = PAGE.width - LEFT;
const COLUMNS = [LEFT + 6, 250, 320, 400, 470];
const ROW = 26;

/** A laboratory's sheet as a county hospital prints it: whose, when, results with their limits. */
export function makeLaboratorySheet(
  subject: Subject,
  name: string,
  title: string,
  results: LaboratoryResult[],
): Uint8Array {
  const top = PAGE.height - 90;
  const marks: Mark[] = [
    { text: `${subject.institution}检验报告单`, x: PAGE.width / 2, y: top, size: 20, align: 'centre' },
    { text: title, x: PAGE.width / 2, y: top - 28, size: 13, align: 'centre' },
    {
      text: `姓名：${name}　性别：${subject.sex === 'male' ? '男' : '女'}　病历号：${subject.patientId}`,
      x: LEFT,
      y: top - 66,
      size: 12,
    },
    { text: `标本：血清　采样时间：${chinaTime(subject.takenAt)}`, x: LEFT, y: top - 88, size: 12 },
  ];
  const head = top - 124;
  marks.push(...rowOf(head, ['项目', '结果', '提示', '单位', '参考范围']), rule(head + 20, 1.2), rule(head - 8, 0.8));
  for (const [index, { name: item, value, unit, upperLimit }] of results.entries()) {
    const raised = value > upperLimit ? '↑' : '';
    marks.push(...rowOf(head - (index + 1) * ROW, [item, String(value), raised, unit, `0–${upperLimit}`]));
  }
  const end = head - results.length * ROW - 12;
  marks.push(rule(end, 1.2), {
    text: '本报告仅对所检标本负责。演示数据，非真实患者。',
    x: LEFT,
    y: end - 24,
    size: 10,
  });
  return writePdf(marks);
}

function rowOf(y: number, cells: string[]): Mark[] {
  return cells.flatMap((text, column) => (text === '' ? [] : [{ text, x: COLUMNS[column] ?? LEFT, y, size: 12 }]));
}

const rule = (y: number, width: number): Mark => ({ line: [LEFT, y, RIGHT, y], width });

/** As the hospital's clock shows it. */
function chinaTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
