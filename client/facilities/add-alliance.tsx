import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { AllianceKind } from '../../server/contract/alliance.ts';
import type { FacilityView } from '../../server/contract/facility.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { chinaDay } from '../i18n/china-day.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { PlusIcon } from '../ui/icons.tsx';
import { FacilityPicker } from './facility-picker.tsx';
import { Choice, Field } from './field.tsx';
import { facilitiesQuery, keepAlliance } from './queries.ts';

/** An alliance whose hub one administers, opened at once. */
export function AddAlliance() {
  const t = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: facilities = [] } = useQuery(facilitiesQuery);
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [kind, setKind] = useState<AllianceKind>('medical-community');
  const [hub, setHub] = useState<FacilityView>();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  async function add() {
    if (!hub || name.trim() === '') return;
    setBusy(true);
    try {
      const body = { name, kind, hubId: hub.facilityId, fromDay: chinaDay(new Date()) };
      const made = await call('alliance:create', { body });
      keepAlliance(client, made);
      setOpen(false);
      void navigate(`/administration/alliances/${made.allianceId}`);
    } catch (thrown) {
      setFailure(toFailure(thrown));
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <button type="button" className="button record-add" onClick={() => setOpen(true)}>
        <PlusIcon />
        {t('administration:alliance.add')}
      </button>
      <Modal
        open={isOpen}
        title={t('administration:alliance.add')}
        okText={t('administration:facility.add')}
        cancelText={t('cancel')}
        okButtonProps={{ loading: isBusy, disabled: !hub || name.trim() === '' }}
        onOk={() => void add()}
        onCancel={() => setOpen(false)}
        mask={{ closable: false }}
        destroyOnHidden
      >
        <div className="record-stack">
          <Field label={t('administration:alliance.name')}>
            {(control) => (
              <Input {...control} maxLength={128} value={name} onChange={(event) => setName(event.target.value)} />
            )}
          </Field>
          <Field label={t('administration:alliance.kind')}>
            {(control) => (
              <Choice
                control={control}
                value={kind}
                options={AllianceKind.options.map((value) => ({
                  value,
                  label: t(`administration:alliance.kinds.${value}`),
                }))}
                onChange={setKind}
              />
            )}
          </Field>
          <Field label={t('administration:alliance.hub')}>
            {(control) => (
              <FacilityPicker
                control={control}
                value={hub}
                among={facilities.filter(({ status }) => status === 'active')}
                onChange={setHub}
              />
            )}
          </Field>
          {failure && <FailureNotice failure={failure} />}
        </div>
      </Modal>
    </>
  );
}
