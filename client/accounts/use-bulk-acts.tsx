import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import type { ManagedPersonView, PersonWithLink } from '../../server/contract/people.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { oneByOne } from './one-by-one.ts';

/** Long enough to read whom it was about. */
const UNDO_S = 20;

/** Acts on several people, one after the other, whose failures are told together. */
export function useBulkActs() {
  const t = useTexts();
  const client = useQueryClient();
  const { modal, notification } = App.useApp();
  const [progress, setProgress] = useState<string>();

  async function run<Person extends { name: string }, Done>(all: Person[], act: (person: Person) => Promise<Done>) {
    const { done, failed } = await oneByOne(all, act, (done) =>
      setProgress(t('accounts:bulk.progress', { done, count: all.length })),
    );
    setProgress(undefined);
    void client.invalidateQueries({ queryKey: ['people'] });
    if (failed.length > 0)
      modal.warning({
        title: t('accounts:bulk.failed', { count: failed.length }),
        content: failed.map(({ item: { name }, failure }) => (
          <p key={name}>{t('accounts:bulk.failedOne', { name, text: failureText(failure) })}</p>
        )),
      });
    return done;
  }

  async function reactivate(disabled: ManagedPersonView[]): Promise<void> {
    const active = await run(disabled, ({ accountId }) => call('person:reactivate', { params: { accountId } }));
    if (active.length > 0) notification.success({ title: t('accounts:bulk.undone', { count: active.length }) });
  }

  function offerUndo(disabled: ManagedPersonView[]): void {
    const key = 'people-disabled';
    notification.success({
      key,
      title: t('accounts:bulk.disabled', { count: disabled.length }),
      actions: (
        <button
          type="button"
          className="button"
          onClick={() => {
            notification.destroy(key);
            void reactivate(disabled);
          }}
        >
          {t('accounts:bulk.undo')}
        </button>
      ),
      duration: UNDO_S,
    });
  }

  return {
    /** How far an act is that is going on. */
    progress,
    /** After a question. */
    makeLinks: (people: ManagedPersonView[], onMade: (made: PersonWithLink[]) => void) =>
      modal.confirm({
        title: t('accounts:bulk.linksTitle', { count: people.length }),
        content: t('accounts:bulk.linksText'),
        okText: t('accounts:bulk.linksConfirm'),
        cancelText: t('cancel'),
        onOk: async () => {
          const links = await run(people, ({ accountId }) => call('person:make-link', { params: { accountId } }));
          if (links.length > 0) onMade(links);
        },
      }),
    /** May be taken back for a while, where anybody was disabled. */
    async disable(people: ManagedPersonView[], reason: string, onDone: () => void): Promise<void> {
      const disabled = await run(people, ({ accountId }) =>
        call('person:disable', { params: { accountId }, body: { reason } }),
      );
      onDone();
      if (disabled.length > 0) offerUndo(disabled);
    },
  };
}
