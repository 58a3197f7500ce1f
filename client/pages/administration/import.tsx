import { useState } from 'react';
import type { ImportKind } from '../../../server/contract/imports.ts';
import { usePermission } from '../../api/session.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Checked } from '../../imports/checked.tsx';
import { ChooseFile } from '../../imports/choose-file.tsx';
import { Imported } from '../../imports/imported.tsx';
import { ImportProgress } from '../../imports/progress.tsx';
import { useImport } from '../../imports/use-import.ts';
import { NoPermission } from '../no-permission.tsx';
import '../../facilities/records.css';
import '../../imports/imports.css';

export function ImportPage() {
  return usePermission('account:manage') ? <Import /> : <NoPermission />;
}

/** From a file to what it says: chosen, checked, imported. */
function Import() {
  const t = useTexts();
  const [kind, setKind] = useState<ImportKind>('facilities');
  const [skipFaulty, setSkipFaulty] = useState(false);
  const { phase, failure, check, apply, reset } = useImport();
  return (
    <div className="imports">
      <p className="page-intro">{t('imports:intro')}</p>
      {(phase.at === 'choose' || phase.at === 'checking') && (
        <ChooseFile
          kind={kind}
          isChecking={phase.at === 'checking'}
          failure={failure}
          onKind={setKind}
          onFile={(file) => void check(kind, file)}
        />
      )}
      {phase.at === 'checked' && (
        <Checked
          key={phase.view.importId}
          view={phase.view}
          onApply={(isSkipping) => {
            setSkipFaulty(isSkipping);
            void apply(isSkipping);
          }}
          onOther={reset}
        />
      )}
      {phase.at === 'importing' && (
        <ImportProgress phase={phase} onGoOn={() => void apply(skipFaulty)} onOther={reset} />
      )}
      {phase.at === 'done' && <Imported view={phase.view} people={phase.people} onAgain={reset} />}
    </div>
  );
}
