import i18next from 'i18next';
import { formatPersonName } from '../../server/formats/dicom/person-name.ts';
import type { PrintHeading } from '../patient/case-identity.ts';
import { acquiredText, settingText } from './captions.ts';
import type { OpenEcg } from './open-ecg.ts';
import { printSheet } from './print-pages.ts';
import type { View } from './view.ts';

/** Prints the sheet that is shown, whole and at its true size. On paper, unlike in a key image, it must say whose it is. */
export async function printView(view: View, ecg: OpenEcg, heading: PrintHeading | undefined): Promise<void> {
  const [sheet, group] = [ecg.sheet(view), ecg.group(view.target.group)];
  if (!sheet || !group) return;
  const { patientName, patientId, acquiredAt } = ecg.record.facts;
  const who = [formatPersonName(patientName), patientId].filter((part) => part !== '').join(' ');
  const caption = i18next.t('ecg:print.caption', {
    who: who || i18next.t('common:unknown'),
    when: acquiredText(acquiredAt),
    setting: settingText(view, group),
  });
  const { patient = '', warning = '' } = heading ?? {};
  await printSheet(sheet, group.traces, [
    { text: patient, strong: true },
    { text: warning, warning: true },
    { text: caption },
  ]);
}
