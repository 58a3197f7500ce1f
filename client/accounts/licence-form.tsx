import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, Input, Select } from 'antd';
import type { PractitionerView } from '../../server/contract/practitioner.ts';
import { LicenceCategory, LicenceGrade, MAX_SPECIALTIES } from '../../server/contract/practitioner.ts';
import { toFailure } from '../api/failures.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { LicenceTag } from './licence-tag.tsx';
import { practitionerQuery } from './people-data.ts';
import { PersonConflict } from './person-conflict.tsx';
import { PhotoField } from './photo-field.tsx';
import { type LicenceEntry, type LicenceField, licenceEntryOf, usePractitionerEdit } from './use-practitioner-edit.ts';

/** What is on file of a person as one who practises medicine; saved apart from the account. */
export function LicenceSection({ accountId, name, mayEdit }: { accountId: string; name: string; mayEdit: boolean }) {
  const t = useTexts();
  const practitioner = useQuery(practitionerQuery(accountId));
  return (
    <section className="person-licence" aria-labelledby="person-licence">
      <h2 id="person-licence">{t('accounts:licence.title')}</h2>
      {practitioner.isPending && <Skeleton lines={6} lineHeightPx={40} />}
      {practitioner.error && (
        <FailureNotice failure={toFailure(practitioner.error)} onRetry={() => void practitioner.refetch()} />
      )}
      {practitioner.data && (
        <>
          <PhotoField practitioner={practitioner.data} name={name} mayEdit={mayEdit} />
          <LicenceForm practitioner={practitioner.data} mayEdit={mayEdit} />
        </>
      )}
    </section>
  );
}

function LicenceForm({ practitioner, mayEdit }: { practitioner: PractitionerView; mayEdit: boolean }) {
  const t = useTexts();
  const { message } = App.useApp();
  const [form] = Form.useForm<LicenceEntry>();
  const edit = usePractitionerEdit(practitioner, {
    onSaved(saved) {
      form.setFieldsValue(licenceEntryOf(saved));
      message.success(t('accounts:licence.saved'));
    },
    onFault(field, text) {
      form.setFields([{ name: field, errors: [text] }]);
      form.getFieldInstance(field)?.focus();
    },
  });
  const shown = useShown();
  /** What the server found wrong with a field that is typed into again. */
  const forget = (fields: LicenceField[]) => form.setFields(fields.map((name) => ({ name, errors: [] })));
  return (
    <>
      <p className="person-standing">
        <LicenceTag licence={practitioner.licence} />
        {practitioner.yearsIndependent !== null && (
          <span>{t('accounts:licence.years', { count: practitioner.yearsIndependent })}</span>
        )}
      </p>
      {edit.conflict && (
        <PersonConflict
          fields={edit.conflict.fields.map((name) => ({
            name,
            label: t(LABELS[name]),
            mine: shown(name, edit.conflict?.mine),
            theirs: shown(name, edit.conflict?.theirs),
          }))}
          onChosen={(kept) => void edit.settle(kept)}
        />
      )}
      <Form
        form={form}
        layout="vertical"
        disabled={!mayEdit}
        initialValues={licenceEntryOf(practitioner)}
        onValuesChange={(changed: Partial<LicenceEntry>) => forget(Object.keys(changed) as LicenceField[])}
        onFinish={() => edit.save(form.getFieldsValue(true))}
      >
        <LicenceFields />
        {edit.failure && <FailureNotice failure={edit.failure} />}
        {mayEdit && !edit.conflict && (
          <Button type="primary" htmlType="submit" loading={edit.busy}>
            {t('accounts:licence.save')}
          </Button>
        )}
      </Form>
    </>
  );
}

const LABELS = {
  licenceNumber: 'accounts:licence.number',
  category: 'accounts:licence.category',
  grade: 'accounts:licence.grade',
  validFrom: 'accounts:licence.validFrom',
  validTo: 'accounts:licence.validTo',
  independentSince: 'accounts:licence.independentSince',
  specialties: 'accounts:licence.specialties',
} as const satisfies Record<LicenceField, string>;

/** How a value is written for somebody who has to choose between two. */
function useShown(): (field: LicenceField, entry: LicenceEntry | undefined) => string {
  const t = useTexts();
  const formats = useFormats();
  return (field, entry) => {
    if (!entry) return '';
    if (field === 'category') return entry.category === '' ? '' : t(`accounts:licence.categories.${entry.category}`);
    if (field === 'grade') return entry.grade === '' ? '' : t(`accounts:licence.grades.${entry.grade}`);
    if (field === 'specialties') return formats.list(entry.specialties);
    const value = entry[field];
    return field === 'licenceNumber' || value === '' ? value : formats.day(value);
  };
}

function LicenceFields() {
  const t = useTexts();
  const none = { value: '', label: t('accounts:licence.none') };
  return (
    <>
      <Form.Item name="licenceNumber" label={t('accounts:licence.number')} extra={t('accounts:licence.numberHint')}>
        <Input className="numbers" maxLength={64} autoComplete="off" spellCheck={false} />
      </Form.Item>
      <div className="person-pair">
        <Form.Item name="category" label={t('accounts:licence.category')}>
          <Select
            options={[
              none,
              ...LicenceCategory.options.map((value) => ({ value, label: t(`accounts:licence.categories.${value}`) })),
            ]}
          />
        </Form.Item>
        <Form.Item name="grade" label={t('accounts:licence.grade')}>
          <Select
            options={[
              none,
              ...LicenceGrade.options.map((value) => ({ value, label: t(`accounts:licence.grades.${value}`) })),
            ]}
          />
        </Form.Item>
        <Form.Item name="validFrom" label={t('accounts:licence.validFrom')}>
          <Input type="date" className="numbers" />
        </Form.Item>
        <Form.Item name="validTo" label={t('accounts:licence.validTo')}>
          <Input type="date" className="numbers" />
        </Form.Item>
      </div>
      <p className="person-note">{t('accounts:licence.validToHint')}</p>
      <Form.Item name="independentSince" label={t('accounts:licence.independentSince')}>
        <Input type="date" className="numbers" />
      </Form.Item>
      <Form.Item
        name="specialties"
        label={t('accounts:licence.specialties')}
        extra={t('accounts:licence.specialtiesHint')}
      >
        <Select
          mode="tags"
          maxCount={MAX_SPECIALTIES}
          open={false}
          suffixIcon={null}
          tokenSeparators={[',', '，', '、']}
        />
      </Form.Item>
    </>
  );
}
