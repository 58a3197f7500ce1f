import { readDocument } from '../../server/contract/patient-problems.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useForm } from './form-context.ts';
import type { Problem } from './gaps.ts';

/** What is wrong, with the values that contradict each other. */
export function useProblemText(): (problem: Problem) => string {
  const t = useTexts();
  const formats = useFormats();
  const { patient } = useForm().draft;
  const said = readDocument(patient);
  return (problem) =>
    t(`newCase:problems.${problem}`, {
      length: patient.idNumber.length,
      date: said ? formats.day(said.birthDate) : '',
      sex: said ? t(`terms:sex.${said.sex}`) : '',
    });
}
