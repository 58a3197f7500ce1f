import { type Mark, PAGE, widthOf, writePdf } from './write-pdf.ts';

export interface AgreementText {
  inviting: string;
  invited: string;
  /** `2026-01-31` */
  fromDay: string;
  toDay: string;
  /** What was agreed, a line each: a kind of consultation and its price. */
  services: string[];
  liability: string;
}

const LEFT = 72;
const WIDTH = PAGE.width - 2 * LEFT;
const SIZE = 12;
const LINE = 22;
const [LEFT_SIDE, RIGHT_SIDE] = [LEFT, PAGE.width / 2 + 16];

/** An agreement as two hospitals keep it: parties, period, services, liability, and signatures that are said to be none. */
export function makeAgreementSheet(agreement: AgreementText): Uint8Array {
  const { inviting, invited, fromDay, toDay, services, liability } = agreement;
  const paragraphs = [
    `甲方（邀请方）：${inviting}`,
    `乙方（受邀方）：${invited}`,
    '甲乙双方就远程会诊服务协商一致，订立本协议。',
    `一、有效期：${fromDay} 至 ${toDay}。`,
    '二、服务项目与价格：',
    ...services.map((one) => `　　${one}`),
    `三、责任：${liability}`,
    '四、本协议一式两份，双方各执一份。',
  ].flatMap((text) => wrap(text, WIDTH));
  const top = PAGE.height - 100;
  const marks: Mark[] = [{ text: '远程会诊服务协议', x: PAGE.width / 2, y: top, size: 20, align: 'centre' }];
  const begin = top - 48;
  for (const [index, text] of paragraphs.entries()) marks.push({ text, x: LEFT, y: begin - index * LINE, size: SIZE });
  const below = begin - paragraphs.length * LINE - 30;
  for (const [x, side, name] of [
    [LEFT_SIDE, '甲方', inviting],
    [RIGHT_SIDE, '乙方', invited],
  ] as const)
    marks.push(
      { text: `${side}：${name}`, x, y: below, size: SIZE },
      { text: '代表签字：（演示签字）', x, y: below - LINE, size: SIZE },
      { text: `日期：${fromDay}`, x, y: below - 2 * LINE, size: SIZE },
    );
  marks.push(
    { line: [LEFT, 84, PAGE.width - LEFT, 84], width: 0.8 },
    { text: '演示数据：机构均为虚构，本页由程序生成，不具有法律效力。', x: LEFT, y: 66, size: 10 },
  );
  return writePdf(marks);
}

/** Breaks a text where a line is full; Chinese may break anywhere but before a mark that closes. */
function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const character of text) {
    const line = lines.at(-1) ?? '';
    if (widthOf(line + character, SIZE) > width && !'，。；：、）'.includes(character)) lines.push(character);
    else lines[lines.length - 1] = line + character;
  }
  return lines;
}
