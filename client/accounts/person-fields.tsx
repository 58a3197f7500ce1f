import { AutoComplete, Form, Input, Select } from 'antd';
import type { ManagedPersonView, NewPersonInput, PeopleChoices } from '../../server/contract/people.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { isLogin } from './login-name.ts';

export type PersonEntry = Omit<NewPersonInput, 'specialty'> & { specialty: string };

export function entryOf({ login, name, title, role, specialty, facilityId }: ManagedPersonView): PersonEntry {
  return { login, name, title, role, specialty: specialty ?? '', facilityId };
}

/** What is known of a person, inside of an antd form of {@link PersonEntry}. @param isNew whether the account's name is still open */
export function PersonFields({ choices, isNew }: { choices: PeopleChoices; isNew: boolean }) {
  const t = useTexts();
  const form = Form.useFormInstance<PersonEntry>();
  const role = Form.useWatch('role', form);
  const facilityId = Form.useWatch('facilityId', form);
  const specialties = choices.facilities.find((one) => one.facilityId === facilityId)?.specialties ?? [];
  const required = [{ required: true, whitespace: true, message: t('required') }];
  return (
    <>
      <Form.Item name="name" label={t('accounts:person.name')} rules={required}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="login"
        label={t('accounts:person.login')}
        required={isNew}
        extra={isNew && t('accounts:person.loginHint')}
        rules={[
          {
            validator: async (_, text: string) => {
              if (isNew && !isLogin(text ?? '')) throw new Error(t('accounts:person.loginFault'));
            },
          },
        ]}
      >
        <Input maxLength={64} autoComplete="off" autoCapitalize="none" spellCheck={false} disabled={!isNew} />
      </Form.Item>
      <Form.Item name="title" label={t('accounts:person.titleField')}>
        <Input maxLength={64} />
      </Form.Item>
      <Form.Item
        name="facilityId"
        label={t('accounts:person.facility')}
        rules={[{ required: true, message: t('required') }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={choices.facilities.map((one) => ({ value: one.facilityId, label: one.name }))}
        />
      </Form.Item>
      <Form.Item
        name="role"
        label={t('accounts:person.role')}
        extra={role && t(`accounts:person.roleHint.${role}`)}
        rules={[{ required: true, message: t('required') }]}
      >
        <Select options={choices.roles.map((value) => ({ value, label: t(`terms:role.${value}`) }))} />
      </Form.Item>
      <Form.Item name="specialty" label={t('accounts:person.specialty')}>
        <AutoComplete
          maxLength={64}
          options={specialties.map((value) => ({ value }))}
          showSearch={{ filterOption: (typed, option) => option?.value.includes(typed) ?? false }}
        />
      </Form.Item>
    </>
  );
}
