import { Button, Modal } from 'antd';
import { useState } from 'react';
import type { Failure } from '../../../server/contract/failure.ts';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';

/** Leaving alone, or ending it for everybody where that is this person's to do. */
export function LeaveDialog({
  consultationId,
  mayEnd,
  onLeave,
  onEnded,
  onStay,
}: {
  consultationId: string;
  mayEnd: boolean;
  onLeave: () => void;
  onEnded: () => void;
  onStay: () => void;
}) {
  const t = useTexts();
  const [ending, setEnding] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  async function end() {
    setEnding(true);
    setFailure(undefined);
    try {
      await call('call:end', { params: { consultationId } });
      onEnded();
    } catch (thrown) {
      const failed = toFailure(thrown);
      // Somebody else ended it in the same moment.
      if (failed.reason === 'state-not-allowed') onEnded();
      else setFailure(failed);
      setEnding(false);
    }
  }

  return (
    <Modal open title={t('room:leaveDialog.title')} footer={null} onCancel={onStay} width={460} getContainer={false}>
      <p>{t('room:leaveDialog.text')}</p>
      {mayEnd && <p>{t('room:leaveDialog.endText')}</p>}
      {failure && <FailureNotice failure={failure} />}
      <div className="leave-actions">
        <Button type="primary" size="large" autoFocus data-testid="leave-confirm" disabled={ending} onClick={onLeave}>
          {t('room:leaveDialog.leave')}
        </Button>
        {mayEnd && (
          <Button danger size="large" data-testid="end-call" loading={ending} onClick={() => void end()}>
            {t(ending ? 'room:leaveDialog.ending' : 'room:leaveDialog.end')}
          </Button>
        )}
        <Button size="large" onClick={onStay}>
          {t('room:leaveDialog.stay')}
        </Button>
      </div>
    </Modal>
  );
}
