import { useTexts } from '../i18n/use-texts.ts';

/** Whether a found series or slide is sent. */
export function SendTick({ name, sent, onSend }: { name: string; sent: boolean; onSend: (send: boolean) => void }) {
  const t = useTexts();
  return (
    <label className="upload-tick">
      <input
        type="checkbox"
        checked={sent}
        aria-label={`${t('uploads:found.columns.send')} ${name}`}
        onChange={(event) => onSend(event.currentTarget.checked)}
      />
    </label>
  );
}
