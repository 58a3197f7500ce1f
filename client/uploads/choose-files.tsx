import { type DragEvent, useRef, useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { chosenByInput } from './chosen-files.ts';
import { CameraIcon, FilesIcon, FolderIcon } from './icons.tsx';
import type { Selecting } from './use-selection.ts';

/** Where files come in: dropped, or by the browser's own dialogs, which also the keyboard reaches. */
export function ChooseFiles({ selecting }: { selecting: Selecting }) {
  const t = useTexts();
  const [dropping, setDropping] = useState(false);
  const folderInput = useRef<HTMLInputElement>(null);
  const filesInput = useRef<HTMLInputElement>(null);
  const cameraInput = useRef<HTMLInputElement>(null);

  const take = (input: HTMLInputElement) => {
    selecting.choose(chosenByInput(input.files));
    // So that choosing the same folder once more is a change again.
    input.value = '';
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDropping(false);
    selecting.drop(event.dataTransfer.items);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the mouse alone; the two buttons do the same
    <div
      className="upload-drop"
      data-dropping={dropping}
      data-testid="upload-drop"
      onDragOver={(event) => {
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false);
      }}
      onDrop={drop}
    >
      <p className="upload-lead">{t(dropping ? 'uploads:choose.leadDropping' : 'uploads:choose.lead')}</p>
      <div className="upload-buttons">
        <button type="button" className="button" onClick={() => folderInput.current?.click()}>
          <FolderIcon />
          {t('uploads:choose.folder')}
        </button>
        <button type="button" className="button" onClick={() => filesInput.current?.click()}>
          <FilesIcon />
          {t('uploads:choose.files')}
        </button>
        <button type="button" className="button upload-camera" onClick={() => cameraInput.current?.click()}>
          <CameraIcon />
          {t('uploads:choose.camera')}
        </button>
      </div>
      <p className="upload-quiet">{t('uploads:choose.hint')}</p>
      <input
        ref={(input) => {
          folderInput.current = input;
          if (input) input.webkitdirectory = true;
        }}
        type="file"
        hidden
        data-testid="upload-folder"
        onChange={(event) => take(event.currentTarget)}
      />
      <input
        ref={filesInput}
        type="file"
        multiple
        hidden
        data-testid="upload-files"
        onChange={(event) => take(event.currentTarget)}
      />
      {/* Only these two: an iPhone then makes a JPEG of what it took. */}
      <input
        ref={cameraInput}
        type="file"
        accept="image/jpeg,image/png"
        capture="environment"
        hidden
        data-testid="upload-camera"
        onChange={(event) => take(event.currentTarget)}
      />
    </div>
  );
}
