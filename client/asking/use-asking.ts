import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { AskingDesk, AskingOwn, AskingView } from '../../server/contract/asking.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { useConnected, useNotice } from '../api/link-context.tsx';
import { failureText } from '../i18n/failure-text.ts';
import { applyChange } from './fold.ts';

const askingQuery = (demonstrationId: string) =>
  queryOptions({
    queryKey: ['asking', demonstrationId],
    queryFn: ({ signal }) => call('asking:read', { params: { demonstrationId }, signal }),
  });

export interface Asking {
  view: AskingView | undefined;
  /** Why there is no view. */
  error: unknown;
  again(): void;
  /** What is the caller's own, as an act leaves it; a failure is told in passing. @returns whether it was done. */
  own(act: () => Promise<AskingOwn>): Promise<boolean>;
  /** The same of what those see who moderate. */
  desk(act: () => Promise<AskingDesk>): Promise<boolean>;
  /** An act whose effect comes with the next notice. */
  other(act: () => Promise<unknown>): Promise<boolean>;
}

/** What is asked and said, as the notices leave it. The page that shows it has entered the demonstration. */
export function useAsking(demonstrationId: string): Asking {
  const client = useQueryClient();
  const { message } = App.useApp();
  const { queryKey } = askingQuery(demonstrationId);
  const { data: view, error, refetch } = useQuery(askingQuery(demonstrationId));
  const change = (next: (view: AskingView) => AskingView) =>
    client.setQueryData(queryKey, (known: AskingView | undefined) => known && next(known));
  const isHere = (notice: { demonstrationId: string }) => notice.demonstrationId === demonstrationId;
  useNotice('asking:changed', (notice) => {
    if (isHere(notice)) change((known) => applyChange(known, notice));
  });
  useNotice('asking:own-changed', (notice) => {
    if (isHere(notice)) change((known) => ({ ...known, own: notice.own }));
  });
  useNotice('asking:desk-changed', (notice) => {
    if (isHere(notice)) change((known) => ({ ...known, desk: notice.desk }));
  });
  useNotice('demonstration:changed', (notice) => {
    if (isHere(notice)) void client.invalidateQueries({ queryKey });
  });
  useConnected(() => void client.invalidateQueries({ queryKey }));
  const attempt = async <T>(act: () => Promise<T>, keep: (done: T) => void): Promise<boolean> => {
    try {
      keep(await act());
      return true;
    } catch (thrown) {
      void message.error(failureText(toFailure(thrown)));
      return false;
    }
  };
  return {
    view,
    error,
    again: () => void refetch(),
    own: (act) => attempt(act, (own) => change((known) => ({ ...known, own }))),
    desk: (act) => attempt(act, (desk) => change((known) => ({ ...known, desk }))),
    other: (act) => attempt(act, () => undefined),
  };
}
