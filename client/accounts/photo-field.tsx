import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { PractitionerView } from '../../server/contract/practitioner.ts';
import { toFailure } from '../api/failures.ts';
import { addressOf, failureOf, send } from '../api/http.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { PersonPhoto } from '../ui/person-photo.tsx';
import { practitionerQuery } from './people-data.ts';

const PATH = '/api/people/:accountId/photo';

/** A person's photograph, and its upload by whoever may edit the person. */
export function PhotoField({
  practitioner: { accountId, photoSha256 },
  name,
  mayEdit,
}: {
  practitioner: PractitionerView;
  name: string;
  mayEdit: boolean;
}) {
  const t = useTexts();
  const client = useQueryClient();
  const chooser = useRef<HTMLInputElement>(null);
  const change = useMutation({
    async mutationFn(file: File | null) {
      const request = file === null ? { method: 'DELETE' } : { method: 'PUT', body: file };
      const response = await send(addressOf(PATH, { accountId }), { ...request, credentials: 'same-origin' });
      if (!response.ok) throw await failureOf(response);
      await client.invalidateQueries({ queryKey: practitionerQuery(accountId).queryKey });
    },
  });
  return (
    <div className="person-photo-field">
      <PersonPhoto accountId={accountId} name={name} version={photoSha256 ?? 'none'} />
      {mayEdit && (
        <>
          <button type="button" className="button" disabled={change.isPending} onClick={() => chooser.current?.click()}>
            {t(`accounts:licence.photo.${photoSha256 ? 'replace' : 'upload'}`)}
          </button>
          {photoSha256 && (
            <button type="button" className="button" disabled={change.isPending} onClick={() => change.mutate(null)}>
              {t('accounts:licence.photo.remove')}
            </button>
          )}
          <input
            ref={chooser}
            type="file"
            accept="image/jpeg,image/png"
            hidden
            data-testid="photo-file"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              event.target.value = '';
              if (file) change.mutate(file);
            }}
          />
          <p className="person-note">{t('accounts:licence.photo.hint')}</p>
        </>
      )}
      {change.error && <FailureNotice failure={toFailure(change.error)} />}
    </div>
  );
}
