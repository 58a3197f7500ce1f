import type { Appointment } from '../accounts/appointment.ts';
import type { TableLanguage } from '../contract/index.ts';
import { readDay } from './licence-cells.ts';
import type { ReadRow } from './read-row.ts';
import { APPOINTMENT_WORDS, ROLE_WORDS, wordOf } from './words.ts';

/** When and in which department somebody is appointed. */
export type Placing = Pick<Appointment, 'department' | 'fromDay' | 'toDay'>;
/** What a row says of one appointment, but for its facility. */
export type AppointmentData = Placing & Pick<Appointment, 'role' | 'title' | 'specialty'>;

/** Which of the person's appointments a row says, and where and when it is, as cells. */
export function placingCells({ department, fromDay, toDay }: Placing, isMain: boolean, language: TableLanguage) {
  return {
    appointment: wordOf(APPOINTMENT_WORDS, isMain ? 'main' : 'further', language),
    department: department ?? '',
    fromDay: fromDay ?? '',
    toDay: toDay ?? '',
  };
}

/** One beside the main appointment, as cells of a row. */
export function furtherCells(data: AppointmentData, language: TableLanguage) {
  const { title, role, specialty } = data;
  return {
    title,
    role: wordOf(ROLE_WORDS, role, language),
    specialty: specialty ?? '',
    ...placingCells(data, false, language),
  };
}

/** Department and days as a row says them, over what stands there now: what the file has no column for stays. */
export function readPlacing(row: ReadRow, before: Placing | undefined): Placing {
  const typed = row.text('department');
  const placing = {
    department: typed === undefined ? (before?.department ?? null) : typed || null,
    fromDay: readDay(row, 'fromDay', before?.fromDay ?? null),
    toDay: readDay(row, 'toDay', before?.toDay ?? null),
  };
  if (placing.department !== null && placing.department.length > 64) row.fault('department', 'too-long');
  if (placing.fromDay !== null && placing.toDay !== null && placing.toDay < placing.fromDay)
    row.fault('toDay', 'period-order');
  return placing;
}

export function isOtherPlacing(one: Placing, other: Placing): boolean {
  return one.department !== other.department || one.fromDay !== other.fromDay || one.toDay !== other.toDay;
}

/** Whether two times have a day in common; null is open. */
export function overlaps(
  one: Pick<Appointment, 'fromDay' | 'toDay'>,
  other: Pick<Appointment, 'fromDay' | 'toDay'>,
): boolean {
  const isBefore = (a: string | null, b: string | null) => a !== null && b !== null && a < b;
  return !isBefore(one.toDay, other.fromDay) && !isBefore(other.toDay, one.fromDay);
}
