import { useRef } from 'react';
import type { Failure } from '../../server/contract/failure.ts';
import { ImportKind, TableFormat } from '../../server/contract/imports.ts';
import { addressOf } from '../api/http.ts';
import { Choice, Field } from '../facilities/field.tsx';
import { failureText } from '../i18n/failure-text.ts';
import { useLanguage } from '../i18n/use-language.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { columnName, listText } from './column-names.ts';

/** What is imported, the file, and the tables that come down: a template, and what there is. */
export function ChooseFile({
  kind,
  isChecking,
  failure,
  onKind,
  onFile,
}: {
  kind: ImportKind;
  isChecking: boolean;
  failure: Failure | undefined;
  onKind: (kind: ImportKind) => void;
  onFile: (file: File) => void;
}) {
  const t = useTexts();
  const chooser = useRef<HTMLInputElement>(null);
  const language = useLanguage();
  const columns =
    failure?.fields &&
    listText(
      language,
      failure.fields.map((column) => columnName(t, kind, column)),
    );
  return (
    <section className="panel import-choose">
      <div className="import-file">
        <Field label={t('imports:kind')} hint={t('imports:order')}>
          {(control) => (
            <Choice
              control={control}
              value={kind}
              disabled={isChecking}
              options={ImportKind.options.map((value) => ({ value, label: t(`imports:kinds.${value}`) }))}
              onChange={onKind}
            />
          )}
        </Field>
        <div>
          <button
            type="button"
            className="button button-primary"
            disabled={isChecking}
            aria-describedby="import-file-hint"
            onClick={() => chooser.current?.click()}
          >
            {t(isChecking ? 'imports:checking' : 'imports:choose')}
          </button>
          <p className="record-hint" id="import-file-hint">
            {t('imports:chooseHint')}
          </p>
        </div>
        <input
          ref={chooser}
          type="file"
          accept=".xlsx,.csv,.txt"
          hidden
          data-testid="import-file"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = '';
            if (file) onFile(file);
          }}
        />
        {failure && (
          <FailureNotice failure={failure} text={columns ? `${failureText(failure)} ${columns}` : undefined} />
        )}
      </div>
      <Downloads kind={kind} what="template" path="/api/import-templates/:kind" />
      <Downloads kind={kind} what="export" path="/api/exports/:kind" />
    </section>
  );
}

function Downloads({ kind, what, path }: { kind: ImportKind; what: 'template' | 'export'; path: string }) {
  const t = useTexts();
  const language = useLanguage();
  return (
    <div>
      <h2>{t(`imports:${what}`)}</h2>
      <p className="import-downloads">
        {TableFormat.options.map((format) => (
          <a
            key={format}
            href={addressOf(path, { kind }, { format, language })}
            download
            aria-label={t('imports:download', {
              what: t(`imports:${what}`),
              kind: t(`imports:kinds.${kind}`),
              format: t(`imports:formats.${format}`),
            })}
          >
            {t(`imports:formats.${format}`)}
          </a>
        ))}
      </p>
      <p className="record-hint">{t(`imports:${what}Hint`)}</p>
    </div>
  );
}
