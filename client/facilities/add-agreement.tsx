import { useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { FacilityView } from '../../server/contract/facility.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { PlusIcon } from '../ui/icons.tsx';
import { FacilityPicker } from './facility-picker.tsx';
import { Field } from './field.tsx';
import { keepAgreement } from './queries.ts';

const SIDES = ['inviting', 'invited'] as const;

/** A draft between two facilities, opened at once. */
export function AddAgreement() {
  const t = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const [sides, setSides] = useState<Partial<Record<(typeof SIDES)[number], FacilityView>>>({});
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const { inviting, invited } = sides;

  async function add() {
    if (!inviting || !invited) return;
    setBusy(true);
    try {
      const body = { invitingFacilityId: inviting.facilityId, invitedFacilityId: invited.facilityId };
      const made = await call('agreement:create', { body });
      keepAgreement(client, made);
      void navigate(`/administration/agreements/${made.agreementId}`);
    } catch (thrown) {
      setFailure(toFailure(thrown));
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <button type="button" className="button button-primary record-add" onClick={() => setOpen(true)}>
        <PlusIcon />
        {t('administration:agreement.add')}
      </button>
      <Modal
        open={isOpen}
        title={t('administration:agreement.add')}
        okText={t('administration:facility.add')}
        cancelText={t('cancel')}
        okButtonProps={{ loading: isBusy, disabled: !inviting || !invited }}
        onOk={() => void add()}
        onCancel={() => setOpen(false)}
        mask={{ closable: false }}
        destroyOnHidden
      >
        <p>{t('administration:agreement.addText')}</p>
        <div className="record-stack">
          {SIDES.map((side) => (
            <Field key={side} label={t(`administration:agreement.${side}`)}>
              {(control) => (
                <FacilityPicker
                  control={control}
                  value={sides[side]}
                  except={SIDES.flatMap((one) => (one === side ? [] : (sides[one]?.facilityId ?? [])))}
                  onChange={(facility) => setSides((before) => ({ ...before, [side]: facility }))}
                />
              )}
            </Field>
          ))}
          {failure && <FailureNotice failure={failure} />}
        </div>
      </Modal>
    </>
  );
}
