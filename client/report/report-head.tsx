import type { ReactNode } from 'react';
import { Sex } from '../../server/contract/patient.ts';
import type { ReportContent } from '../../server/contract/report.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { reportAge } from './age-at.ts';

/** Who, about whom, for whom, when. */
export function ReportHead({ content }: { content: ReportContent }) {
  const t = useTexts();
  const formats = useFormats();
  const { patient, requester, author } = content;
  const sex = Sex.safeParse(patient.sex).data;
  return (
    <header className="report-head">
      <p className="report-hospital">{author.facilityName}</p>
      <h1>{t('report:sheetTitle')}</h1>
      <p className="report-numbers numbers">
        <span>{t('report:pair', { name: t('report:labels.caseNumber'), value: content.caseNumber })}</span>
        <span>
          {t('report:pair', {
            name: t('report:labels.version'),
            value: content.amendment
              ? t('report:amend.numbered', {
                  version: content.version,
                  kind: t(`report:amend.kinds.${content.amendment.kind}`),
                })
              : content.version,
          })}
        </span>
        <span>{t('report:pair', { name: t('report:labels.signedAt'), value: formats.exact(content.signedAt) })}</span>
      </p>
      <dl className="report-facts">
        <Fact name={t('report:labels.name')}>{patient.name}</Fact>
        <Fact name={t('report:labels.sex')}>{sex ? t(`terms:sex.${sex}`) : patient.sex}</Fact>
        <Fact name={t('report:labels.age')}>{reportAge(t, content)}</Fact>
        <Fact name={t('report:labels.birthDate')}>{formats.day(patient.birthDate)}</Fact>
        <Fact name={t('report:labels.idNumber')} wide>
          <span className="numbers">{patient.idNumber}</span>
        </Fact>
        {patient.guardian && (
          <Fact name={t('report:labels.guardian')} wide>
            {patient.guardian.name} ({t(`terms:relation.${patient.guardian.relation}`)})
          </Fact>
        )}
        <Fact name={t('report:labels.requesterFacility')} wide>
          {requester.facilityName}
        </Fact>
        <Fact name={t('report:labels.requester')} wide>
          {[requester.name, requester.title].filter(Boolean).join(' ')}
        </Fact>
        <Fact name={t('report:labels.authorFacility')} wide>
          {author.facilityName}
        </Fact>
        <Fact name={t('report:labels.author')} wide>
          {[author.name, author.title, author.specialty].filter(Boolean).join(' ')}
        </Fact>
        {content.serviceForm !== 'consultation' && (
          <Fact name={t('report:labels.serviceForm')} wide>
            {t(`terms:caseKind.${content.serviceForm}`)}
          </Fact>
        )}
        {content.formReason && (
          <Fact name={t('report:labels.formReason')} wide>
            {content.formReason}
          </Fact>
        )}
      </dl>
    </header>
  );
}

/** A name and its value in one of the report's tables. */
export function Fact({ name, wide = false, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className="report-fact" data-wide={wide}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
