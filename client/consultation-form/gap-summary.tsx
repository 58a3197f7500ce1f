import { useLanguage } from '../i18n/use-language.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { CaseProgress } from '../uploads/progress.ts';
import { SECTION_OF, type Section } from './draft.ts';
import { focusField, useForm } from './form-context.ts';
import type { Gap } from './gaps.ts';

const SECTIONS: readonly Section[] = ['patient', 'clinical', 'materials', 'destination', 'consent'];

/** What is done and what is left, section by section; each line leads there. */
export function GapSummary({ materialCount, uploads }: { materialCount: number; uploads: CaseProgress }) {
  const t = useTexts();
  const { gaps } = useForm();
  return (
    <nav className="gap-summary" aria-labelledby="gap-summary-title" data-testid="form-summary">
      <h2 id="gap-summary-title">{t('newCase:summary.title')}</h2>
      <p className="gap-summary-count" data-complete={gaps.length === 0} role="status">
        {gaps.length === 0 ? t('newCase:summary.complete') : t('newCase:summary.missing', { count: gaps.length })}
      </p>
      <ol>
        {SECTIONS.map((section) =>
          section === 'materials' ? (
            <MaterialsLine key={section} materialCount={materialCount} uploads={uploads} />
          ) : (
            <SectionLine
              key={section}
              section={section}
              gaps={gaps.filter(({ field }) => SECTION_OF[field] === section)}
            />
          ),
        )}
      </ol>
    </nav>
  );
}

function SectionLine({ section, gaps }: { section: Section; gaps: Gap[] }) {
  const t = useTexts();
  const list = new Intl.ListFormat(useLanguage(), { type: 'conjunction' });
  const [first] = gaps;
  return (
    <li data-done={!first}>
      <button
        type="button"
        className="gap-summary-line"
        onClick={() => (first ? focusField(first.field) : jumpTo(section))}
      >
        <span>{t(`newCase:sections.${section}`)}</span>
        <span className="gap-summary-state">
          {first ? t('newCase:summary.sectionLeft', { count: gaps.length }) : t('newCase:summary.sectionDone')}
        </span>
      </button>
      {gaps.length > 0 && (
        <p className="form-hint">{list.format(gaps.map(({ field }) => t(`newCase:fields.${field}`)))}</p>
      )}
    </li>
  );
}

function MaterialsLine({ materialCount, uploads }: { materialCount: number; uploads: CaseProgress }) {
  const t = useTexts();
  const isRunning = uploads.phase !== 'none' && uploads.phase !== 'finished';
  const percent = Math.floor((uploads.receivedBytes * 100) / Math.max(1, uploads.totalBytes));
  return (
    <li data-done={materialCount > 0 && !isRunning} data-optional>
      <button type="button" className="gap-summary-line" onClick={() => jumpTo('materials')}>
        <span>{t('newCase:sections.materials')}</span>
        {materialCount > 0 && (
          <span className="gap-summary-state">{t('newCase:materials.count', { count: materialCount })}</span>
        )}
      </button>
      {isRunning && <p className="form-hint numbers">{t('newCase:materials.running', { percent })}</p>}
      {!isRunning && materialCount === 0 && <p className="form-hint">{t('newCase:materials.notYet')}</p>}
    </li>
  );
}

function jumpTo(section: Section): void {
  document.getElementById(`section-${section}`)?.scrollIntoView({ block: 'start', behavior: 'smooth' });
}
