import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { chinaDay } from '../../i18n/china-day.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { toCsv } from './csv.ts';
import { type AuditFilter, filterQuery } from './filter.tsx';

/** As many as the server gives at once. */
const PAGE_SIZE = 500;

/** Takes the filtered trail out as a table. That it was taken out is an entry of the record itself, made before the first page is read. */
export function ExportButton<E>({
  trail,
  filter,
  head,
  readPage,
  positionOf,
  toRow,
}: {
  trail: 'acts' | 'accesses';
  filter: AuditFilter;
  head: string[];
  readPage: (page: { before?: number; limit: number }) => Promise<E[]>;
  positionOf: (entry: E) => number;
  toRow: (entry: E) => string[];
}) {
  const t = useTexts();
  const { message } = App.useApp();
  const download = useMutation({
    async mutationFn() {
      await call('audit:export', { body: { trail, ...filterQuery(filter) } });
      const rows = [head];
      let before: number | undefined;
      for (;;) {
        const entries = await readPage({ limit: PAGE_SIZE, ...(before !== undefined && { before }) });
        rows.push(...entries.map(toRow));
        const last = entries.at(-1);
        if (!last || entries.length < PAGE_SIZE) break;
        before = positionOf(last);
      }
      save(toCsv(rows), `huizhen-audit-${trail}-${chinaDay(new Date())}.csv`);
    },
    onError: (error) => message.error(failureText(toFailure(error))),
  });
  return (
    <Button className="audit-export" loading={download.isPending} onClick={() => download.mutate()}>
      {t('audit:export')}
    </Button>
  );
}

function save(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
