import { readIdNumber } from '../../server/contract/patient.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useForm } from './form-context.ts';
import type { Problem } from './gaps.ts';

/** What is wrong, with the values that contradict each other. */
export function useProblemText(): (problem: Problem) => string {
  const t = useTexts();
  const formats = useFormats();
  const { idNumber } = useForm().draft.patient;
  const said = readIdNumber(idNumber);
  return (problem) =>
    t(`newCase:problems.${problem}`, {
      length: idNumber.length,
      date: said ? formats.day(said.birthDate) : '',
      sex: said ? t(`terms:sex.${said.sex}`) : '',
    });
}
