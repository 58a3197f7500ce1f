import { Select } from 'antd';
import type { ConsultationState } from '../../../server/contract/consultation.ts';
import type { WorkListFilter } from '../../../server/contract/work-list.ts';
import { useTexts } from '../../i18n/use-texts.ts';

/** Of one list, the cases in one state. A list whose cases are all in the same one has nothing to choose. */
export function StateFilter({
  states,
  filter,
  narrow,
}: {
  states: readonly ConsultationState[];
  filter: WorkListFilter;
  narrow: (part: Partial<WorkListFilter>) => void;
}) {
  const t = useTexts();
  if (states.length < 2) return null;
  return (
    <Select<ConsultationState | null>
      className="list-state"
      allowClear
      aria-label={t('workList:filter.state')}
      placeholder={t('workList:filter.state')}
      value={filter.state ?? null}
      onChange={(state) => narrow({ state: state ?? undefined })}
      options={states.map((value) => ({ value, label: t(`terms:state.${value}`) }))}
    />
  );
}
