import { useQueryClient } from '@tanstack/react-query';
import { App, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { PersonView } from '../../server/contract/account.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { useSession } from '../api/session.tsx';
import { Field } from '../facilities/field.tsx';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { PlusIcon } from '../ui/icons.tsx';
import { PersonPicker } from './person-picker.tsx';
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
  const { person } = useSession();
  const [surgeon, setSurgeon] = useState<PersonView>();
  return (
    <Modal
      open
      title={t('demonstrations:newFor.title')}
      okText={t('demonstrations:newFor.confirm')}
      cancelText={t('cancel')}
      okButtonProps={{ loading: isBusy, disabled: surgeon === undefined }}
      onOk={() => surgeon && onChosen(surgeon.accountId)}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <Field label={t('demonstrations:newFor.surgeon')}>
        {(control) => (
          <PersonPicker
            control={control}
            value={surgeon}
            facilityId={person.facilityId}
            onlyRole="surgeon"
            onChange={setSurgeon}
          />
        )}
      </Field>
    </Modal>
  );
}
