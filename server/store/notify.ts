import type { Notice, NoticeName } from '../contract/index.ts';

/** The windows in which an appointment is acted in. `onlyCaseId`: those that finish this case, since it has run out. */
export interface ActingWindows {
  appointmentId: string;
  onlyCaseId?: string;
}

/**
 * Tells windows what happened, on whichever server they are connected. Called only after the commit: nobody hears of what
 * did not happen. A notice may be lost with the line; every notice's content can be asked for again.
 */
export interface Notify {
  /** To all windows of these people. @param exceptPeerId the window that caused it and has its answer already. */
  toAccounts<N extends NoticeName>(
    accountIds: readonly string[],
    name: N,
    notice: Notice<N>,
    exceptPeerId?: string,
  ): void;
  /** To all windows in which these appointments are acted in: what belongs to a place is not told in another one. */
  toAppointments<N extends NoticeName>(
    windows: readonly ActingWindows[],
    name: N,
    notice: Notice<N>,
    exceptPeerId?: string,
  ): void;
  /** To all windows that have the case's review open. */
  toCase<N extends NoticeName>(consultationId: string, name: N, notice: Notice<N>, exceptPeerId?: string): void;
  /** As `toCase`, dropped where a line is busy: for what the next one replaces. */
  toCaseVolatile<N extends NoticeName>(consultationId: string, name: N, notice: Notice<N>, exceptPeerId?: string): void;
  /** These people's grants have ended: their windows hear of the case's review no more. */
  leaveCase(consultationId: string, accountIds: readonly string[]): void;
  /** To all windows that have entered the demonstration. */
  toDemonstration<N extends NoticeName>(demonstrationId: string, name: N, notice: Notice<N>): void;
  /** To all windows that have opened what the demonstration shows. */
  toShowing<N extends NoticeName>(demonstrationId: string, name: N, notice: Notice<N>, exceptPeerId?: string): void;
  /** As `toShowing`, dropped where a line is busy. */
  toShowingVolatile<N extends NoticeName>(demonstrationId: string, name: N, notice: Notice<N>): void;
  /** To those of them whose people may show: of pictures that the others are not shown. */
  toShowers<N extends NoticeName>(demonstrationId: string, name: N, notice: Notice<N>, exceptPeerId?: string): void;
  /** These people may show no more. */
  leaveShowers(demonstrationId: string, accountId: string): void;
  /** Windows of these people, or of all, hear of the demonstration's course no more. */
  leaveDemonstration(demonstrationId: string, accountIds?: readonly string[]): void;
}
