import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Input, Modal, Select } from 'antd';
import { useId, useState } from 'react';
import { IdentifierKind, type PatientPageView } from '../../../server/contract/patient-register.ts';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { keepPatient } from '../../api/patients.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';

/** A number that became known later, and the name of somebody whom no document told until now. */
export function AddIdentifier({ view, onClose }: { view: PatientPageView; onClose: () => void }) {
  const t = useTexts();
  const client = useQueryClient();
  const field = useId();
  const [kind, setKind] = useState<IdentifierKind>(view.isIdentified ? 'hospital-number' : 'id-card');
  const [number, setNumber] = useState('');
  const [name, setName] = useState('');
  const { patientId } = view;
  const add = useMutation({
    mutationFn: () =>
      call('patient:add-identifier', {
        params: { patientId },
        body: { kind, number, ...(name.trim() !== '' && { name: name.trim() }) },
      }),
    onSuccess: async (changed) => {
      await keepPatient(client, changed);
      onClose();
    },
  });
  const failure = add.error && toFailure(add.error);
  return (
    <Modal
      open
      title={t('patients:add.title')}
      okText={t('patients:add.save')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: number.trim() === '', loading: add.isPending }}
      onOk={() => add.mutate()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p>{t('patients:add.text')}</p>
      <div className="patient-add">
        <span>{t('patients:add.kind')}</span>
        <Select
          aria-label={t('patients:add.kind')}
          value={kind}
          onChange={setKind}
          options={IdentifierKind.options.map((value) => ({ value, label: t(`patients:kind.${value}`) }))}
        />
        <label htmlFor={`${field}-number`}>{t('patients:add.number')}</label>
        <Input
          id={`${field}-number`}
          autoComplete="off"
          maxLength={64}
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
        {!view.isIdentified && (
          <>
            <label htmlFor={`${field}-name`}>{t('patients:add.name')}</label>
            <Input
              id={`${field}-name`}
              autoComplete="off"
              maxLength={64}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </>
        )}
      </div>
      {failure && (
        <FailureNotice
          failure={failure}
          text={failure.fields?.includes('number') ? t('patients:add.wrongNumber') : undefined}
        />
      )}
    </Modal>
  );
}
