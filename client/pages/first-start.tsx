import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { Failure } from '../../server/contract/failure.ts';
import { FirstStartFields, isComplete, NOTHING_YET } from '../accounts/first-start-fields.tsx';
import { InvalidLink, isInvalidLink, LinkFailure } from '../accounts/invalid-link.tsx';
import { isPasswordComplete } from '../accounts/new-password.tsx';
import { PlainSheet } from '../accounts/plain-sheet.tsx';
import { useLink } from '../accounts/use-link.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import '../facilities/records.css';

/** Where the address leads that a server without any administrator prints: the first facility, and who administers from then on. */
export function FirstStartPage() {
  const t = useTexts();
  const { secret, detail, failure, retry } = useLink();
  const how = t('accounts:link.invalid.howFirst');
  // An address without its secret is no link.
  const noLink = new Failure('not-found', 'no link', { reason: 'link-unknown' });
  const isOther = detail !== undefined && detail.kind !== 'first-administrator';
  if (secret === undefined || isOther) return <InvalidLink failure={noLink} how={how} />;
  if (failure && isInvalidLink(failure)) return <InvalidLink failure={failure} how={how} />;
  if (failure) return <LinkFailure failure={failure} onRetry={retry} />;
  if (!detail) return <PlainSheet title={t('accounts:link.checking')}>{null}</PlainSheet>;
  return <FirstStartForm secret={secret} how={how} minPasswordLength={detail.minPasswordLength} />;
}

function FirstStartForm({
  secret,
  how,
  minPasswordLength,
}: {
  secret: string;
  how: string;
  minPasswordLength: number;
}) {
  const t = useTexts();
  const [entry, setEntry] = useState(NOTHING_YET);
  const [checked, setChecked] = useState(false);
  const found = useMutation({
    mutationFn: () => {
      const { facilityName, tier, region6, name, login, password } = entry;
      return call('network:found', {
        body: {
          secret,
          facility: { name: facilityName, tier, region6 },
          administrator: { login, name, password: password.first },
        },
      });
    },
  });
  const failure = found.error ? toFailure(found.error) : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (isComplete(entry) && isPasswordComplete(entry.password, minPasswordLength)) found.mutate();
  }

  if (failure && isInvalidLink(failure)) return <InvalidLink failure={failure} how={how} />;
  if (found.data)
    return (
      <PlainSheet title={t('accounts:first.done')} text={t('accounts:first.doneText', { login: found.data.login })}>
        <Link className="button button-primary" to="/sign-in">
          {t('accounts:link.toSignIn')}
        </Link>
      </PlainSheet>
    );
  return (
    <PlainSheet title={t('accounts:first.title')} text={t('accounts:first.text')}>
      <form onSubmit={submit} noValidate>
        <FirstStartFields
          minPasswordLength={minPasswordLength}
          entry={entry}
          checked={checked}
          failure={failure}
          onEntry={(next) => {
            setEntry(next);
            if (failure?.fields) found.reset();
          }}
        />
        {failure && !failure.fields && <FailureNotice failure={failure} />}
        <button type="submit" className="button button-primary" disabled={found.isPending}>
          {t('accounts:first.submit')}
        </button>
      </form>
    </PlainSheet>
  );
}
