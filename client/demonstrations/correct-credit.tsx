import { Input } from 'antd';
import { useState } from 'react';
import type { Attendee } from '../../server/contract/demonstration.ts';
import { Failure } from '../../server/contract/failure.ts';
import { call } from '../api/http.ts';
import { Field } from '../facilities/field.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { pointsOf } from './points.ts';
import { useCreditAct } from './use-credit-act.ts';

/** Another number of points for one person, with its reason. */
export function CorrectCredit({
  demonstrationId,
  version,
  attendee: { person, points },
}: {
  demonstrationId: string;
  version: number;
  attendee: Attendee;
}) {
  const t = useTexts();
  const act = useCreditAct(demonstrationId);
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const typed = pointsOf(text, 0);
  const correct = async (reason: string) => {
    setWrong(typed === undefined || typed === (points ?? 0));
    if (typed === undefined || typed === (points ?? 0)) return new Failure('invalid-message', 'no such points');
    const params = { demonstrationId, accountId: person.accountId };
    const failure = await act(() =>
      call('demonstration:correct-credit', { params, body: { version, points: typed, reason } }),
    );
    if (!failure) setOpen(false);
    return failure;
  };
  return (
    <>
      <button
        type="button"
        className="button"
        aria-label={t('credits:correct.of', { name: person.name })}
        onClick={() => {
          setText('');
          setWrong(false);
          setOpen(true);
        }}
      >
        {t('credits:correct.act')}
      </button>
      {isOpen && (
        <ReasonDialog
          title={t('credits:correct.of', { name: person.name })}
          text={t('credits:correct.text')}
          confirm={t('credits:correct.confirm')}
          onConfirm={correct}
          onClose={() => setOpen(false)}
        >
          <Field
            label={t('credits:correct.points')}
            hint={t('credits:correct.hint')}
            problem={isWrong ? t('credits:correct.problem') : undefined}
          >
            {(control) => (
              <Input
                {...control}
                className="numbers"
                inputMode="decimal"
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
        </ReasonDialog>
      )}
    </>
  );
}
