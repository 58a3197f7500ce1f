import { useQuery } from '@tanstack/react-query';
import { App, Button, Drawer, Form, type FormInstance, Tabs } from 'antd';
import type { ManagedPersonView, PeopleChoices, PersonWithLink } from '../../server/contract/people.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { History } from '../history/history.tsx';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useDiscardGuard } from '../ui/use-discard-guard.ts';
import { AppointmentList } from './appointment-list.tsx';
import { LicenceSection } from './licence-form.tsx';
import { personQuery } from './people-data.ts';
import { PersonActs } from './person-acts.tsx';
import { PersonConflict } from './person-conflict.tsx';
import { entryOf, type PersonEntry, PersonFields } from './person-fields.tsx';
import { StateTag } from './state-tag.tsx';
import { type EditedField, usePersonEdit } from './use-person-edit.ts';

/** One person beside the table: what is known of them, and what may be done. */
export function EditPerson({
  accountId,
  choices,
  onLink,
  onClose,
}: {
  accountId: string;
  choices: PeopleChoices;
  onLink: (made: PersonWithLink) => void;
  onClose: () => void;
}) {
  const t = useTexts();
  const person = useQuery(personQuery(accountId));
  const now = person.isFetchedAfterMount ? person.data : undefined;
  const [form] = Form.useForm<PersonEntry>();
  const close = useDiscardGuard(() => now !== undefined && isEdited(form, now), onClose);
  return (
    <Drawer open title={t('accounts:person.edit')} size={480} onClose={close} mask={{ closable: false }}>
      {!person.isFetchedAfterMount && <Skeleton lines={8} lineHeightPx={40} />}
      {person.error && <FailureNotice failure={toFailure(person.error)} onRetry={() => void person.refetch()} />}
      {now && (
        <Tabs
          items={[
            {
              key: 'data',
              label: t('administration:tabs.data'),
              children: <Opened key={accountId} person={now} form={form} choices={choices} onLink={onLink} />,
            },
            {
              key: 'history',
              label: t('administration:tabs.history'),
              destroyOnHidden: true,
              children: (
                <History
                  subjectId={accountId}
                  area="person"
                  read={(query, signal) => call('person:history', { params: { accountId }, query, signal })}
                />
              ),
            },
          ]}
        />
      )}
    </Drawer>
  );
}

function isEdited(form: FormInstance<PersonEntry>, person: ManagedPersonView): boolean {
  const [entry, saved] = [form.getFieldsValue(true) as PersonEntry, entryOf(person)];
  return form.isFieldsTouched() && (Object.keys(saved) as EditedField[]).some((field) => entry[field] !== saved[field]);
}

function Opened({
  person,
  form,
  choices,
  onLink,
}: {
  person: ManagedPersonView;
  form: FormInstance<PersonEntry>;
  choices: PeopleChoices;
  onLink: (made: PersonWithLink) => void;
}) {
  const t = useTexts();
  const { message } = App.useApp();
  const edit = usePersonEdit(person, (saved) => {
    form.setFieldsValue(entryOf(saved));
    message.success(t('accounts:person.saved'));
  });
  const mayEdit = person.actions.includes('edit');
  return (
    <>
      <Standing person={person} />
      <PersonActs person={person} onLink={onLink} />
      <AppointmentList person={person} choices={choices} />
      {!mayEdit && <p className="person-note">{t(readOnlyText(person))}</p>}
      {edit.conflict && (
        <PersonConflict
          fields={edit.conflict.fields.map((name) => ({
            name,
            label: t(LABELS[name]),
            mine: read(edit.conflict?.mine, name),
            theirs: read(edit.conflict?.theirs, name),
          }))}
          onChosen={(kept) => void edit.settle(kept)}
        />
      )}
      <Form
        form={form}
        layout="vertical"
        // What is typed beside the choice would be in neither version.
        disabled={!mayEdit || edit.conflict !== undefined}
        initialValues={entryOf(person)}
        scrollToFirstError={{ focus: true }}
        onFinish={() => edit.save(form.getFieldsValue(true))}
      >
        <PersonFields choices={withOwn(choices, person)} isNew={false} />
        {edit.failure && <FailureNotice failure={edit.failure} />}
        {mayEdit && !edit.conflict && (
          <Button type="primary" htmlType="submit" loading={edit.busy}>
            {t('save')}
          </Button>
        )}
      </Form>
      {person.licence && <LicenceSection accountId={person.accountId} name={person.name} mayEdit={mayEdit} />}
    </>
  );

  function read(entry: PersonEntry | undefined, field: EditedField): string {
    const value = entry?.[field] ?? '';
    if (field === 'role' && entry) return t(`terms:role.${entry.role}`);
    if (field === 'facilityId') return choices.facilities.find((one) => one.facilityId === value)?.name ?? value;
    return value;
  }
}

function readOnlyText({ isDemo, isOurs }: ManagedPersonView) {
  if (isDemo) return 'accounts:person.demo';
  return isOurs ? 'accounts:person.readOnly' : 'appointments:notOurs';
}

const LABELS = {
  name: 'accounts:person.name',
  title: 'accounts:person.titleField',
  role: 'accounts:person.role',
  specialty: 'accounts:person.specialty',
  facilityId: 'accounts:person.facility',
} as const satisfies Record<EditedField, string>;

/** What this administrator cannot give, but the person has, is shown by its name all the same. */
function withOwn(choices: PeopleChoices, { role, facilityId, facilityName }: ManagedPersonView): PeopleChoices {
  const { facilities, roles, machineScopes } = choices;
  const own = { facilityId, name: facilityName, tier: 'county' as const, specialties: [], departments: [] };
  return {
    machineScopes,
    roles: roles.includes(role) ? roles : [...roles, role],
    facilities: facilities.some((one) => one.facilityId === facilityId) ? facilities : [...facilities, own],
  };
}

function Standing({ person }: { person: ManagedPersonView }) {
  const t = useTexts();
  const formats = useFormats();
  const { state, disabledAt, disabledReason, linkExpiresAt, hasSecondFactor, factorReset } = person;
  return (
    <div className="person-standing">
      <StateTag state={state} />
      {hasSecondFactor && <span>{t('labelled', { label: t('secondFactor:title'), value: t('secondFactor:on') })}</span>}
      {disabledAt && <span>{t('accounts:person.disabledAt', { at: formats.moment(disabledAt) })}</span>}
      {disabledReason && <p>{t('accounts:person.disabledReason', { reason: disabledReason })}</p>}
      {factorReset && (
        <p>{t('secondFactor:reset.last', { at: formats.moment(factorReset.at), reason: factorReset.reason })}</p>
      )}
      {linkExpiresAt && <p>{t('accounts:person.linkUntil', { at: formats.moment(linkExpiresAt) })}</p>}
    </div>
  );
}
