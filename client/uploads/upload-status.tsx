import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { consultationQuery } from '../api/consultations.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useCaseProgress, useOpenUploads, useUploadCenter } from './open-center.ts';
import './upload-status.css';

/** Uploads that run while other pages are open, one line a case, leading back to it. In the top bar; renders nothing otherwise. */
export function UploadStatus() {
  const client = useQueryClient();
  const center = useUploadCenter();
  const open = useOpenUploads();
  useEffect(() => {
    // The server tells of what was attached, but not while the line for telling is down.
    const refresh = (consultationId: string) =>
      void client.invalidateQueries({ queryKey: consultationQuery(consultationId).queryKey });
    return center.onStored(({ consultationId }) => {
      if (center.progress(consultationId).phase === 'finished') refresh(consultationId);
    });
  }, [center, client]);
  return open.map((consultationId) => <OneCase key={consultationId} consultationId={consultationId} />);
}

function OneCase({ consultationId }: { consultationId: string }) {
  const t = useTexts();
  const { phase, receivedBytes, totalBytes } = useCaseProgress(consultationId);
  if (phase === 'none' || phase === 'finished') return null;
  const percent = Math.floor((receivedBytes * 100) / Math.max(1, totalBytes));
  return (
    <Link className="upload-status" data-phase={phase} to={`/consultations/${consultationId}/edit`}>
      <span className="upload-status-bar" aria-hidden="true">
        <span style={{ width: `${percent}%` }} />
      </span>
      {t(`uploads:status.${phase}`, { percent })}
    </Link>
  );
}
