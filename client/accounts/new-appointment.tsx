import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Select } from 'antd';
import type { PeopleChoices } from '../../server/contract/people.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { type AppointmentEntry, AppointmentFields, toAppointmentData } from './appointment-fields.tsx';
import { isLogin } from './login-name.ts';
import { keepPerson } from './people-data.ts';

interface Entry extends AppointmentEntry {
  login: string;
  name: string;
  facilityId: string;
}

/** Somebody who has an account already is appointed at one of the administrator's facilities as well. */
export function NewAppointment({ choices, onClose }: { choices: PeopleChoices; onClose: () => void }) {
  const t = useTexts();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Entry>();
  const facilityId = Form.useWatch('facilityId', form);
  const add = useMutation({
    mutationFn: ({ login, name, facilityId: at, ...entry }: Entry) =>
      call('appointment:add', {
        body: { ...toAppointmentData(entry), login: login.trim().toLowerCase(), name, facilityId: at },
      }),
    onSuccess(person) {
      keepPerson(client, person);
      message.success(t('appointments:added', { name: person.name }));
      onClose();
    },
  });
  const required = [{ required: true, whitespace: true, message: t('required') }];
  const [only, ...others] = choices.facilities;
  return (
    <FormDrawer
      title={t('appointments:new')}
      submit={t('appointments:submitNew')}
      form={form}
      isBusy={add.isPending}
      onClose={onClose}
    >
      <p className="person-note">{t('appointments:newText')}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          title: '',
          specialty: '',
          fromDay: '',
          toDay: '',
          ...(only && others.length === 0 && { facilityId: only.facilityId }),
        }}
        scrollToFirstError={{ focus: true }}
        onFinish={(entry) => add.mutate(entry)}
      >
        <Form.Item
          name="login"
          label={t('accounts:person.login')}
          required
          rules={[
            {
              validator: async (_, text: string) => {
                if (!isLogin(text ?? '')) throw new Error(t('accounts:person.loginFault'));
              },
            },
          ]}
        >
          <Input maxLength={64} autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item name="name" label={t('accounts:person.name')} rules={required}>
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
        <Form.Item name="facilityId" label={t('accounts:person.facility')} rules={required}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={choices.facilities.map((one) => ({ value: one.facilityId, label: one.name }))}
            onChange={() => form.setFieldsValue({ department: '' })}
          />
        </Form.Item>
        <AppointmentFields choices={choices} facilityId={facilityId} />
      </Form>
      {add.error && <FailureNotice failure={toFailure(add.error)} />}
    </FormDrawer>
  );
}
