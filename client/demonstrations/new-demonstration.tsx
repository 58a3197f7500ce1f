import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { useSession } from '../api/session.tsx';
import { Choice, Field } from '../facilities/field.tsx';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { PlusIcon } from '../ui/icons.tsx';
import { choicesQuery } from './choices.ts';
import { keepDemonstration } from './queries.ts';

/** A plan that is opened at once: a surgeon's own, or one that somebody prepares for a surgeon of the facility. */
export function NewDemonstration() {
  const t = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { person } = useSession();
  const [isChoosing, setChoosing] = useState(false);
  const [isBusy, setBusy] = useState(false);

  async function create(surgeonId: string) {
    setBusy(true);
    try {
      const made = await call('demonstration:create', { body: { surgeonId } });
      keepDemonstration(client, made);
      void navigate(`/demonstrations/${made.demonstrationId}`);
    } catch (thrown) {
      void message.error(failureText(toFailure(thrown)));
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <button
        type="button"
        className="button button-primary"
        disabled={isBusy}
        onClick={() => (person.role === 'surgeon' ? void create(person.accountId) : setChoosing(true))}
      >
        <PlusIcon />
        {t('demonstrations:new')}
      </button>
      {isChoosing && (
        <ForSurgeon isBusy={isBusy} onChosen={(id) => void create(id)} onClose={() => setChoosing(false)} />
      )}
    </>
  );
}

function ForSurgeon({
  isBusy,
  onChosen,
  onClose,
}: {
  isBusy: boolean;
  onChosen: (surgeonId: string) => void;
  onClose: () => void;
}) {
  const t = useTexts();
  const choices = useQuery(choicesQuery(''));
  const [chosen, setChosen] = useState('');
  const surgeons = choices.data?.people.filter(({ role }) => role === 'surgeon') ?? [];
  const surgeonId = chosen || (surgeons[0]?.accountId ?? '');
  return (
    <Modal
      open
      title={t('demonstrations:newFor.title')}
      okText={t('demonstrations:newFor.confirm')}
      cancelText={t('cancel')}
      okButtonProps={{ loading: isBusy, disabled: surgeonId === '' }}
      onOk={() => onChosen(surgeonId)}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {choices.data && surgeons.length === 0 ? (
        <p>{t('demonstrations:newFor.none')}</p>
      ) : (
        <Field label={t('demonstrations:newFor.surgeon')}>
          {(control) => (
            <Choice
              control={control}
              value={surgeonId}
              options={surgeons.map(({ accountId, name, title }) => ({ value: accountId, label: `${name} ${title}` }))}
              onChange={setChosen}
            />
          )}
        </Field>
      )}
    </Modal>
  );
}
