import { useState } from 'react';
import './person-photo.css';

/** A person's initial, and over it their photograph where there is one that may be seen. The name stands beside it. */
export function PersonPhoto({
  accountId,
  name,
  version = '',
}: {
  accountId: string;
  name: string;
  /** Changes with the photograph: the browser keeps one for some minutes. */
  version?: string;
}) {
  const address = `/api/people/${accountId}/photo${version && `?v=${version}`}`;
  const [missing, setMissing] = useState<string>();
  return (
    <b className="person-photo" aria-hidden="true">
      {initialOf(name)}
      {missing !== address && <img src={address} alt="" draggable={false} onError={() => setMissing(address)} />}
    </b>
  );
}

/** The family name's character, or the first letters of a Latin name. */
function initialOf(name: string): string {
  const trimmed = name.trim();
  return /^[A-Za-z]/.test(trimmed)
    ? trimmed
        .split(/\s+/)
        .slice(0, 2)
        .map((part) => part.charAt(0).toUpperCase())
        .join('')
    : String.fromCodePoint(trimmed.codePointAt(0) ?? 0x20);
}
