import type { Express, Request } from 'express';
import Papa from 'papaparse';
import { z } from 'zod';
import type { Caller } from '../access/caller.ts';
import { type Attendance, Id, TableLanguage } from '../contract/index.ts';
import { answer } from '../http/bind.ts';
import { chinaMinute } from '../patients/china-date.ts';
import { parseInput } from '../runtime/parse.ts';
import { exportAttendance } from './attendance-use-case.ts';
import type { DemonstrationParts } from './parts.ts';

const Params = z.object({ demonstrationId: Id });
const Query = z.object({ language: TableLanguage.default('zh-CN') });

/** Times are those of China, as everywhere on the pages. */
const HEADINGS: Record<TableLanguage, readonly string[]> = {
  'zh-CN': [
    '姓名',
    '机构',
    '职称',
    '报名时间',
    '取消报名时间',
    '首次在场',
    '最后在场',
    '在场分钟',
    '点名次数',
    '应答次数',
    '在场比例',
    '考核',
    '学分',
    '学分更正原因',
  ],
  en: [
    'Name',
    'Facility',
    'Title',
    'Enrolled',
    'Withdrawn',
    'First there',
    'Last there',
    'Minutes there',
    'Checks asked',
    'Checks answered',
    'Share there',
    'Assessment',
    'Credits',
    'Why corrected',
  ],
};

/** Spreadsheets tell UTF-8 by the byte order mark. */
const BYTE_ORDER_MARK = '\uFEFF';

/** `GET` of the list of who enrolled and was there, as a table. */
export function bindAttendance(
  app: Express,
  parts: DemonstrationParts & { authenticate(request: Request): Promise<Caller> },
): void {
  app.get('/api/demonstrations/:demonstrationId/attendance.csv', (request, response) =>
    answer(parts.log, 'attendance:export', response, async (requestId) => {
      const caller = await parts.authenticate(request);
      const { demonstrationId } = parseInput(Params, request.params);
      const { language } = parseInput(Query, request.query);
      const attendance = await exportAttendance(parts, { caller, requestId, at: parts.clock() }, demonstrationId);
      response
        .status(200)
        .set({
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': 'attachment; filename="attendance.csv"',
          'cache-control': 'no-store',
        })
        .send(toCsv(attendance, language));
    }),
  );
}

/** Empty: not enrolled, or it is not over. */
const QUALIFIES: Record<TableLanguage, { yes: string; no: string }> = {
  'zh-CN': { yes: '合格', no: '不合格' },
  en: { yes: 'watched enough', no: 'not enough' },
};

export function toCsv({ people, liveS }: Pick<Attendance, 'people' | 'liveS'>, language: TableLanguage): string {
  const time = (at: string | null) => (at === null ? '' : chinaMinute(new Date(at)));
  const lines = people.map(
    ({ person, enrolledAt, withdrawnAt, firstAt, lastAt, presentS, checksAsked, checksAnswered, ...one }) => [
      person.name,
      person.facilityName,
      person.title,
      ...[enrolledAt, withdrawnAt, firstAt, lastAt].map(time),
      (presentS / 60).toFixed(1),
      checksAsked,
      checksAnswered,
      // Never more than was: 79.96 % is not 80 %.
      liveS > 0 ? `${Math.floor((presentS * 100) / liveS)}%` : '',
      one.qualifies === null ? '' : QUALIFIES[language][one.qualifies ? 'yes' : 'no'],
      one.points ?? '',
      one.correction?.reason ?? '',
    ],
  );
  // `=1+1` in somebody's name would run where the file is opened.
  return `${BYTE_ORDER_MARK}${Papa.unparse([[...HEADINGS[language]], ...lines], { escapeFormulae: true })}\r\n`;
}
