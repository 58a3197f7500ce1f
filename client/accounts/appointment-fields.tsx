import { Form, Input, Select } from 'antd';
import type { AppointmentEditInput, ManagedAppointmentView } from '../../server/contract/appointments.ts';
import type { PeopleChoices } from '../../server/contract/people.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** As the form has it: nothing is an empty text. */
export interface AppointmentEntry {
  department: string;
  role: AppointmentEditInput['role'];
  title: string;
  specialty: string;
  fromDay: string;
  toDay: string;
}

export function appointmentEntryOf(one: ManagedAppointmentView): AppointmentEntry {
  const { department, role, title, specialty, fromDay, toDay } = one;
  return {
    department: department ?? '',
    role,
    title,
    specialty: specialty ?? '',
    fromDay: fromDay ?? '',
    toDay: toDay ?? '',
  };
}

export function toAppointmentData({ department, role, title, specialty, fromDay, toDay }: AppointmentEntry) {
  return {
    department: department || null,
    role,
    title: title ?? '',
    specialty: specialty || null,
    fromDay: fromDay || null,
    toDay: toDay || null,
  };
}

/** What somebody does at a facility and for how long, inside of an antd form of {@link AppointmentEntry}. */
export function AppointmentFields({ choices, facilityId }: { choices: PeopleChoices; facilityId: string | undefined }) {
  const t = useTexts();
  const facility = choices.facilities.find((one) => one.facilityId === facilityId);
  const form = Form.useFormInstance<AppointmentEntry>();
  return (
    <>
      <Form.Item name="department" label={t('appointments:department')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={(facility?.departments ?? []).map((value) => ({ value, label: value }))}
        />
      </Form.Item>
      <Form.Item name="role" label={t('accounts:person.role')} rules={[{ required: true, message: t('required') }]}>
        <Select options={choices.roles.map((value) => ({ value, label: t(`terms:role.${value}`) }))} />
      </Form.Item>
      <Form.Item name="title" label={t('accounts:person.titleField')}>
        <Input maxLength={64} />
      </Form.Item>
      <Form.Item name="specialty" label={t('accounts:person.specialty')}>
        <Input maxLength={64} />
      </Form.Item>
      <div className="appointment-days">
        <Form.Item name="fromDay" label={t('appointments:fromDay')}>
          <Input type="date" />
        </Form.Item>
        <Form.Item
          name="toDay"
          label={t('appointments:toDay')}
          extra={t('appointments:toDayHint')}
          dependencies={['fromDay']}
          rules={[
            {
              validator: async (_, toDay: string) => {
                const fromDay: string = form.getFieldValue('fromDay') ?? '';
                if (toDay && fromDay && toDay < fromDay) throw new Error(t('appointments:daysFault'));
              },
            },
          ]}
        >
          <Input type="date" />
        </Form.Item>
      </div>
    </>
  );
}
