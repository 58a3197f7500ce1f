import type { ReactNode } from 'react';
import './choices.css';

export interface Choice<T extends string> {
  value: T;
  label: ReactNode;
  detail?: ReactNode;
}

/** Radio buttons as large as a finger; the arrow keys move between them as the browser does it. */
export function Choices<T extends string>({
  name,
  choices,
  value,
  onChoose,
  stacked = false,
}: {
  name: string;
  choices: readonly Choice<T>[];
  value: T | null;
  onChoose: (value: T) => void;
  stacked?: boolean;
}) {
  return (
    <div className="choices" data-stacked={stacked}>
      {choices.map((choice) => (
        <label key={choice.value} className="choice" data-chosen={choice.value === value}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChoose(choice.value)}
          />
          <span>
            {choice.label}
            {choice.detail && <span className="choice-detail">{choice.detail}</span>}
          </span>
        </label>
      ))}
    </div>
  );
}
