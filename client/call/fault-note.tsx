import { useTexts } from '../i18n/use-texts.ts';
import type { DeviceFault } from './device-faults.ts';
import './fault-note.css';

/** Why a device cannot be used, and what to do about it. */
export function FaultNote({
  device,
  fault,
  onRetry,
}: {
  device: 'camera' | 'microphone';
  fault: DeviceFault;
  onRetry: () => void;
}) {
  const t = useTexts();
  return (
    <div className="call-fault" role="alert" data-testid={`fault-${device}`} data-fault={fault}>
      <b>{t(`call:fault.${device}.${fault}.title`)}</b>
      <p>{t(`call:fault.${device}.${fault}.help`)}</p>
      {fault !== 'insecure' && (
        <button type="button" className="button" onClick={onRetry}>
          {t('retry')}
        </button>
      )}
    </div>
  );
}
