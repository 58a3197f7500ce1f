import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Modal } from 'antd';
import type { ManagedAppointmentView } from '../../server/contract/appointments.ts';
import type { PeopleChoices } from '../../server/contract/people.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import {
  type AppointmentEntry,
  AppointmentFields,
  appointmentEntryOf,
  toAppointmentData,
} from './appointment-fields.tsx';
import { keepPerson } from './people-data.ts';

/** Its facility stays: who goes elsewhere is appointed there. */
export function EditAppointment({
  appointment,
  choices,
  onClose,
}: {
  appointment: ManagedAppointmentView;
  choices: PeopleChoices;
  onClose: () => void;
}) {
  const t = useTexts();
  const client = useQueryClient();
  const [form] = Form.useForm<AppointmentEntry>();
  const { appointmentId, facilityId, facilityName, revision } = appointment;
  const edit = useMutation({
    mutationFn: (entry: AppointmentEntry) =>
      call('appointment:edit', { params: { appointmentId }, body: { ...toAppointmentData(entry), revision } }),
    onSuccess(person) {
      keepPerson(client, person);
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t('appointments:editAt', { facility: facilityName })}
      okText={t('save')}
      cancelText={t('cancel')}
      confirmLoading={edit.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={appointmentEntryOf(appointment)}
        scrollToFirstError={{ focus: true }}
        onFinish={(entry) => edit.mutate(entry)}
      >
        <AppointmentFields choices={choices} facilityId={facilityId} />
      </Form>
      {edit.error && <FailureNotice failure={toFailure(edit.error)} />}
    </Modal>
  );
}
