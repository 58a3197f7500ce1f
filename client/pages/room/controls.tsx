import { Modal } from 'antd';
import { useState } from 'react';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import { useCallKeys } from '../../call/call-keys.ts';
import { DevicePickers } from '../../call/device-pickers.tsx';
import { DevicesIcon, LeaveIcon, SwapIcon } from '../../call/icons.tsx';
import type { LocalMediaState } from '../../call/local-media.ts';
import type { Call } from '../../call/use-call.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { CaptureSwitches } from './capture-switches.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import type { RoomLayout } from './use-layout.ts';

export function Controls({
  view,
  call,
  devices,
  layout,
}: {
  view: ConsultationView;
  call: Call;
  devices: LocalMediaState;
  layout: RoomLayout;
}) {
  const t = useTexts();
  const { media, client } = call;
  const [open, setOpen] = useState<'devices' | 'leave'>();
  const close = () => setOpen(undefined);
  useCallKeys({
    onMicrophone: () => media.setMicrophoneOn(!devices.microphone.on),
    onCamera: () => media.setCameraOn(!devices.camera.on),
  });
  return (
    <div className="room-controls">
      <CaptureSwitches media={media} state={devices} />
      <button type="button" className="room-control" data-testid="open-devices" onClick={() => setOpen('devices')}>
        <DevicesIcon />
        {t('call:devices')}
      </button>
      <button
        type="button"
        className="room-control room-control-swap"
        data-testid="swap"
        aria-pressed={layout.swapped}
        title={t('room:bar.swap')}
        onClick={() => layout.setSwapped(!layout.swapped)}
      >
        <SwapIcon />
        {t('room:bar.swapShort')}
      </button>
      <button
        type="button"
        className="room-control room-control-leave"
        data-testid="leave"
        onClick={() => setOpen('leave')}
      >
        <LeaveIcon />
        {t('room:leave')}
      </button>
      {open === 'devices' && (
        <Modal open title={t('call:devices')} footer={null} onCancel={close} width={460} getContainer={false}>
          <DevicePickers media={media} state={devices} />
        </Modal>
      )}
      {open === 'leave' && (
        <LeaveDialog
          consultationId={view.consultationId}
          mayEnd={view.actions.includes('end-call')}
          onLeave={() => client.leave()}
          onEnded={() => client.end()}
          onStay={close}
        />
      )}
    </div>
  );
}
