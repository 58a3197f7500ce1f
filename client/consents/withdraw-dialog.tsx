import { useState } from 'react';
import { ConsentScope, WithdrawalAsker, type WithdrawConsentInput } from '../../server/contract/consent.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Choices } from '../ui/choices.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import '../ui/form-parts.css';
import './consents.css';

const FURTHER_SCOPES = ConsentScope.exclude(['consult']).options;

/** What the patient takes back, who said so and how it came about. What follows from it is said before it is done. */
export function WithdrawDialog({
  given,
  isAnswered,
  onConfirm,
  onClose,
}: {
  given: readonly ConsentScope[];
  /** There is a signed report, which stays. */
  isAnswered: boolean;
  onConfirm: (input: WithdrawConsentInput) => Promise<Failure | undefined>;
  onClose: () => void;
}) {
  const t = useTexts();
  const [scopes, setScopes] = useState<ConsentScope[]>(given.length === 1 ? [...given] : []);
  const [askedBy, setAskedBy] = useState<WithdrawalAsker>('patient');
  const [askedByName, setAskedByName] = useState('');
  const [missing, setMissing] = useState(false);
  return (
    <ReasonDialog
      title={t('consents:withdrawDialog.title')}
      text={t('consents:withdrawDialog.text')}
      confirm={t('consents:withdrawDialog.confirm')}
      danger
      wording={{
        label: t('consents:withdrawDialog.reason'),
        placeholder: t('consents:withdrawDialog.placeholder'),
        missing: t('consents:withdrawDialog.missingReason'),
      }}
      onClose={onClose}
      onConfirm={async (reason) => {
        setMissing(scopes.length === 0);
        return scopes.length === 0 ? undefined : onConfirm({ scopes, askedBy, askedByName, reason });
      }}
    >
      <ScopeChoice
        given={given}
        chosen={scopes}
        isMissing={missing}
        onChange={(next) => {
          setMissing(false);
          setScopes(next);
        }}
      />
      <Effects scopes={scopes} isAnswered={isAnswered} />
      <fieldset className="form-group form-nested">
        <legend className="field-label">{t('consents:withdrawDialog.askedBy')}</legend>
        <Choices
          name="asked-by"
          choices={WithdrawalAsker.options.map((value) => ({ value, label: t(`terms:signer.${value}`) }))}
          value={askedBy}
          onChoose={setAskedBy}
        />
      </fieldset>
      <label className="field-label" htmlFor="asked-by-name">
        {t('consents:withdrawDialog.askedByName')}
      </label>
      <input
        id="asked-by-name"
        className="field-input form-medium"
        autoComplete="off"
        maxLength={64}
        value={askedByName}
        onChange={(event) => setAskedByName(event.currentTarget.value)}
      />
    </ReasonDialog>
  );
}

function ScopeChoice({
  given,
  chosen,
  isMissing,
  onChange,
}: {
  given: readonly ConsentScope[];
  chosen: readonly ConsentScope[];
  isMissing: boolean;
  onChange: (scopes: ConsentScope[]) => void;
}) {
  const t = useTexts();
  return (
    <fieldset className="form-group">
      <legend className="field-label">{t('consents:withdrawDialog.scopes')}</legend>
      <div className="choices">
        {given.map((scope) => (
          <label key={scope} className="choice" data-chosen={chosen.includes(scope)}>
            <input
              type="checkbox"
              name="withdraw-scope"
              value={scope}
              checked={chosen.includes(scope)}
              onChange={() =>
                onChange(chosen.includes(scope) ? chosen.filter((one) => one !== scope) : [...chosen, scope])
              }
            />
            <span>{t(`consents:scope.${scope}`)}</span>
          </label>
        ))}
      </div>
      {isMissing && (
        <p className="field-error" role="alert">
          {t('consents:withdrawDialog.missingScopes')}
        </p>
      )}
    </fieldset>
  );
}

/** What follows from taking these back. */
function Effects({ scopes, isAnswered }: { scopes: readonly ConsentScope[]; isAnswered: boolean }) {
  const t = useTexts();
  return (
    <>
      {scopes.includes('consult') && (
        <p className="consent-danger" role="status">
          {t(isAnswered ? 'consents:withdrawDialog.consultAnswered' : 'consents:withdrawDialog.consultOpen')}
        </p>
      )}
      {FURTHER_SCOPES.filter((scope) => scopes.includes(scope)).map((scope) => (
        <p key={scope} className="consent-effect" role="status">
          {t(`consents:withdrawDialog.effect.${scope}`)}
        </p>
      ))}
    </>
  );
}
