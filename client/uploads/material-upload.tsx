import { useLayoutEffect, useRef, useState } from 'react';
import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import type { CasePatient } from '../../server/formats/dicom/same-patient.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { AttachedMaterials } from './attached-materials.tsx';
import { ChooseFiles } from './choose-files.tsx';
import { FoundPictures } from './found-pictures.tsx';
import type { Findings, FoundGroup } from './grouping.ts';
import { LeftOutList } from './left-out-list.tsx';
import { useCaseProgress, useUploadCenter } from './open-center.ts';
import { ProgressBar } from './progress-bar.tsx';
import type { ChosenUpload } from './upload-memory.ts';
import { UploadProgress } from './upload-progress.tsx';
import { type Selecting, useSelection } from './use-selection.ts';
import './uploads.css';

/**
 * Adds images, ECGs, slides and documents to a case: choose, check, send; and shows what is on its way and what is there. For callers who may
 * `attach`. `patient` as known so far: it is compared with the name in the files. Without `materials` what is there is not
 * listed, for places that show it themselves.
 */
export function MaterialUpload({
  consultationId,
  patient,
  materials,
}: {
  consultationId: string;
  patient: CasePatient;
  materials?: MaterialView[] | undefined;
}) {
  const center = useUploadCenter();
  const progress = useCaseProgress(consultationId);
  const selecting = useSelection();

  // The long list of what was found makes way for the progress: whoever pressed the button below it must not land elsewhere.
  const place = useRef<HTMLDivElement>(null);
  const [startCount, setStartCount] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each start, when what is shown has changed
  useLayoutEffect(() => {
    if (startCount > 0) place.current?.scrollIntoView({ block: 'nearest' });
  }, [startCount, progress.phase === 'none']);

  const start = (groups: FoundGroup[]) => {
    center.send(groups.flatMap((one) => uploadsOf(consultationId, one)));
    selecting.discard();
    setStartCount((count) => count + 1);
  };

  return (
    <div className="material-upload" ref={place}>
      {materials && <AttachedMaterials consultationId={consultationId} materials={materials} patient={patient} />}
      <UploadProgress consultationId={consultationId} progress={progress} />
      <Chosen selecting={selecting} patient={patient} onStart={start} />
      {selecting.selection.kind !== 'found' && <ChooseFiles selecting={selecting} />}
    </div>
  );
}

function Chosen({
  selecting,
  patient,
  onStart,
}: {
  selecting: Selecting;
  patient: CasePatient;
  onStart: (groups: FoundGroup[]) => void;
}) {
  const t = useTexts();
  const { selection } = selecting;
  switch (selection.kind) {
    case 'none':
      return null;
    case 'listing':
      return <p role="status">{t('uploads:listing')}</p>;
    case 'reading': {
      const { done, total } = selection;
      return (
        <div className="upload-reading">
          <p role="status" className="numbers">
            {t('uploads:reading', { done, total })}
          </p>
          <ProgressBar name={t('uploads:title')} part={done / total} />
          <button type="button" className="button" onClick={selecting.discard}>
            {t('cancel')}
          </button>
        </div>
      );
    }
    case 'empty':
    case 'failed':
      return (
        <p className="upload-alert" role="alert">
          {t(selection.kind === 'empty' ? 'uploads:nothing' : 'uploads:readingFailed')}
        </p>
      );
    case 'found':
      return <Found findings={selection.findings} patient={patient} onStart={onStart} onDiscard={selecting.discard} />;
  }
}

function Found({
  findings,
  ...rest
}: {
  findings: Findings;
  patient: CasePatient;
  onStart: (groups: FoundGroup[]) => void;
  onDiscard: () => void;
}) {
  const t = useTexts();
  return (
    <>
      {findings.studies.length + findings.slideFiles.length + findings.documentFiles.length > 0 ? (
        <FoundPictures findings={findings} {...rest} />
      ) : (
        <div className="upload-alert" role="alert">
          <p>{t('uploads:nothingUsable')}</p>
          <button type="button" className="button" onClick={rest.onDiscard}>
            {t('back')}
          </button>
        </div>
      )}
      <LeftOutList files={findings.leftOut} />
    </>
  );
}

function uploadsOf(consultationId: string, { label, files }: FoundGroup): ChosenUpload[] {
  return files.map(({ file, sha256, path }) => ({
    file,
    job: {
      consultationId,
      name: path.split('/').at(-1)?.slice(-255) ?? '',
      sizeBytes: file.size,
      sha256,
      group: label,
    },
  }));
}
