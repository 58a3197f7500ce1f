import { useQueryClient } from '@tanstack/react-query';
import { App, Modal } from 'antd';
import { useState } from 'react';
import type { Failure } from '../../server/contract/failure.ts';
import type { ManagedPersonView, PersonAction, PersonWithLink } from '../../server/contract/people.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { LinkSlips } from './link-slips.tsx';
import { type Attempt, oneByOne } from './one-by-one.ts';

/** What may be done with all chosen people at once. Whoever an act is not possible on now is left out, and counted so. */
export function PeopleBulk({ people, onClear }: { people: ManagedPersonView[]; onClear: () => void }) {
  const t = useTexts();
  const formats = useFormats();
  const client = useQueryClient();
  const { modal, notification } = App.useApp();
  const [isDisabling, setDisabling] = useState(false);
  const [made, setMade] = useState<PersonWithLink[]>();
  const [progress, setProgress] = useState<string>();
  const able = (action: PersonAction) => people.filter(({ actions }) => actions.includes(action));
  const [withLink, toDisable] = [able('make-link'), able('disable')];

  async function run<Person extends { name: string }, Done>(all: Person[], act: (person: Person) => Promise<Done>) {
    const outcome = await oneByOne(all, act, (done) =>
      setProgress(t('accounts:bulk.progress', { done, count: all.length })),
    );
    setProgress(undefined);
    void client.invalidateQueries({ queryKey: ['people'] });
    tellFailed(outcome.failed);
    return outcome.done;
  }
  const tellFailed = (failed: Attempt<{ name: string }>[]) => {
    if (failed.length === 0) return;
    modal.warning({
      title: t('accounts:bulk.failed', { count: failed.length }),
      content: failed.map(({ item: { name }, failure }) => (
        <p key={name}>{t('accounts:bulk.failedOne', { name, text: failureText(failure) })}</p>
      )),
    });
  };
  const makeLinks = () =>
    modal.confirm({
      title: t('accounts:bulk.linksTitle', { count: withLink.length }),
      content: t('accounts:bulk.linksText'),
      okText: t('accounts:bulk.linksConfirm'),
      cancelText: t('cancel'),
      onOk: async () => {
        const links = await run(withLink, ({ accountId }) => call('person:make-link', { params: { accountId } }));
        if (links.length > 0) setMade(links);
      },
    });

  async function disable(reason: string): Promise<Failure | undefined> {
    const disabled = await run(toDisable, ({ accountId }) =>
      call('person:disable', { params: { accountId }, body: { reason } }),
    );
    setDisabling(false);
    onClear();
    if (disabled.length > 0) offerUndo(disabled);
    return undefined;
  }
  function offerUndo(disabled: ManagedPersonView[]) {
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
  async function reactivate(disabled: ManagedPersonView[]) {
    const active = await run(disabled, ({ accountId }) => call('person:reactivate', { params: { accountId } }));
    if (active.length > 0) notification.success({ title: t('accounts:bulk.undone', { count: active.length }) });
  }

  return (
    <section className="people-bulk" aria-label={t('accounts:bulk.label')}>
      <span role="status">
        {t('accounts:bulk.chosen', { count: people.length })}
        {progress !== undefined && ` · ${progress}`}
      </span>
      <button
        type="button"
        className="button"
        disabled={withLink.length === 0 || progress !== undefined}
        onClick={makeLinks}
      >
        {t('accounts:bulk.links', { count: withLink.length })}
      </button>
      <button
        type="button"
        className="button"
        disabled={toDisable.length === 0 || progress !== undefined}
        onClick={() => setDisabling(true)}
      >
        {t('accounts:bulk.disable', { count: toDisable.length })}
      </button>
      <button type="button" className="button button-quiet" onClick={onClear}>
        {t('accounts:bulk.clear')}
      </button>
      {isDisabling && (
        <ReasonDialog
          title={t('accounts:bulk.disableTitle', { count: toDisable.length })}
          text={t('accounts:bulk.disableText', { names: formats.list(toDisable.map(({ name }) => name)) })}
          confirm={t('accounts:acts.disable')}
          danger
          onConfirm={disable}
          onClose={() => setDisabling(false)}
        />
      )}
      {made && (
        <Modal
          open
          title={t('accounts:bulk.linksDone', { count: made.length })}
          width={800}
          mask={{ closable: false }}
          keyboard={false}
          onCancel={() => setMade(undefined)}
          footer={
            <button type="button" className="button button-primary" onClick={() => setMade(undefined)}>
              {t('accounts:bulk.linksClose')}
            </button>
          }
        >
          <LinkSlips people={made} />
        </Modal>
      )}
    </section>
  );
}

/** Long enough to read whom it was about. */
const UNDO_S = 20;
