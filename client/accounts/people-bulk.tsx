import { Modal } from 'antd';
import { useState } from 'react';
import type { ManagedPersonView, PersonAction, PersonWithLink } from '../../server/contract/people.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { LinkSlips } from './link-slips.tsx';
import { useBulkActs } from './use-bulk-acts.tsx';

/** What may be done with all chosen people at once. Whoever an act is not possible on now is left out, and counted so. */
export function PeopleBulk({ people, onClear }: { people: ManagedPersonView[]; onClear: () => void }) {
  const t = useTexts();
  const formats = useFormats();
  const { progress, makeLinks, disable } = useBulkActs();
  const [isDisabling, setDisabling] = useState(false);
  const [made, setMade] = useState<PersonWithLink[]>();
  const able = (action: PersonAction) => people.filter(({ actions }) => actions.includes(action));
  const [withLink, toDisable] = [able('make-link'), able('disable')];
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
        onClick={() => makeLinks(withLink, setMade)}
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
          onConfirm={async (reason) => {
            await disable(toDisable, reason, () => {
              setDisabling(false);
              onClear();
            });
            return undefined;
          }}
          onClose={() => setDisabling(false)}
        />
      )}
      {made && <MadeLinks people={made} onClose={() => setMade(undefined)} />}
    </section>
  );
}

/** The slips of those who get a link; closed by its button alone, since each is shown this once. */
function MadeLinks({ people, onClose }: { people: PersonWithLink[]; onClose: () => void }) {
  const t = useTexts();
  return (
    <Modal
      open
      title={t('accounts:bulk.linksDone', { count: people.length })}
      width={800}
      mask={{ closable: false }}
      keyboard={false}
      onCancel={onClose}
      footer={
        <button type="button" className="button button-primary" onClick={onClose}>
          {t('accounts:bulk.linksClose')}
        </button>
      }
    >
      <LinkSlips people={people} />
    </Modal>
  );
}
