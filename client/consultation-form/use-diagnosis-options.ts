import type { Diagnosis } from '../../server/contract/diagnosis.ts';
import { useLanguage } from '../i18n/use-language.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { isDiagnosisText, readFreeEntry } from './diagnosis-entry.ts';
import { useDiagnosisSearch } from './use-diagnosis-search.ts';

export interface DiagnosisOption {
  key: string;
  label: string;
  diagnosis: Diagnosis;
}

export interface DiagnosisOptions {
  /** In the order in which they are offered. */
  options: readonly DiagnosisOption[];
  isSearching: boolean;
  /** What is said below them. */
  hint: string;
  /** What the text means where it is left as it stands; undefined for what may be pinyin on the way to something. */
  written: DiagnosisOption | undefined;
}

/** What can be chosen for a typed text: entries of the code list, and the text itself. While an input method composes nothing is searched. */
export function useDiagnosisOptions(typed: string, composing: boolean): DiagnosisOptions {
  const t = useTexts();
  const language = useLanguage();
  const search = useDiagnosisSearch(composing ? '' : typed);

  const free = readFreeEntry(typed);
  const found = search.terms.map(
    ({ code, zh, en }, index): DiagnosisOption => ({
      key: `term-${index}`,
      label: language === 'en' ? `${en} · ${zh}` : zh,
      diagnosis: { code, display: language === 'en' ? en : zh },
    }),
  );
  const own: DiagnosisOption | undefined = free && {
    key: 'free',
    label: t('newCase:diagnosis.free', { text: `${free.code} ${free.display}`.trim() }),
    diagnosis: free,
  };
  // A typed code and name is what was meant; plain text may be the beginning of something in the list.
  // It waits for the search: who presses Enter at once means the entry that is about to come.
  const offered = own && search.state !== 'searching' ? [own] : [];
  const listed = found.find(({ diagnosis }) => diagnosis.display === typed.trim());

  function hint(): string {
    if (search.state === 'failed') return t('newCase:diagnosis.failed');
    if (search.state === 'searching') return t('newCase:diagnosis.searching');
    if (found.length > 0) return t('newCase:diagnosis.found', { count: found.length });
    if (free) return t('newCase:diagnosis.none');
    return t('newCase:diagnosis.nameCode', { code: typed.trim() });
  }

  return {
    options: free?.code ? [...offered, ...found] : [...found, ...offered],
    isSearching: search.state === 'searching',
    hint: hint(),
    written: isDiagnosisText(typed) ? (listed ?? own) : undefined,
  };
}
