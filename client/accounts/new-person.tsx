import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form } from 'antd';
import type { PeopleChoices, PersonWithLink } from '../../server/contract/people.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { keepPerson } from './people-data.ts';
import { type PersonEntry, PersonFields } from './person-fields.tsx';

/** A person is added: their account waits for the password that they choose by the link. */
export function NewPerson({
  choices,
  onMade,
  onClose,
}: {
  choices: PeopleChoices;
  onMade: (made: PersonWithLink) => void;
  onClose: () => void;
}) {
  const t = useTexts();
  const client = useQueryClient();
  const [form] = Form.useForm<PersonEntry>();
  const invite = useMutation({
    mutationFn: (entry: PersonEntry) =>
      call('person:invite', {
        body: {
          ...entry,
          login: entry.login.trim().toLowerCase(),
          title: entry.title ?? '',
          specialty: entry.specialty || null,
        },
      }),
    onSuccess(made) {
      keepPerson(client, made.person);
      onMade(made);
    },
    onError(error) {
      const failure = toFailure(error);
      if (failure.reason !== 'login-taken') return;
      form.setFields([{ name: 'login', errors: [failureText(failure)] }]);
      form.getFieldInstance('login')?.focus();
    },
  });
  const failure = invite.error ? toFailure(invite.error) : undefined;
  const [only, ...others] = choices.facilities;
  return (
    <FormDrawer
      title={t('accounts:person.new')}
      submit={t('accounts:person.submitNew')}
      form={form}
      isBusy={invite.isPending}
      onClose={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          title: '',
          specialty: '',
          ...(only && others.length === 0 && { facilityId: only.facilityId }),
        }}
        scrollToFirstError={{ focus: true }}
        onFinish={(entry) => invite.mutate(entry)}
      >
        <PersonFields choices={choices} isNew />
      </Form>
      {failure && failure.reason !== 'login-taken' && <FailureNotice failure={failure} />}
    </FormDrawer>
  );
}
