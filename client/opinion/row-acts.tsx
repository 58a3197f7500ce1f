/** The list with one item moved a place up or down; unchanged at the ends. */
export function movedBy<T>(list: readonly T[], index: number, by: 1 | -1): T[] {
  const next = [...list];
  const [item] = next.splice(index, 1);
  if (item !== undefined) next.splice(Math.max(0, index + by), 0, item);
  return next;
}

/** Moves or removes a line of a list. */
export function RowButton({
  label,
  face,
  off = false,
  onClick,
}: {
  label: string;
  face: string;
  off?: boolean;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      className="button button-quiet opinion-row-act"
      aria-label={label}
      title={label}
      disabled={off}
      onClick={onClick}
    >
      {face}
    </button>
  );
}
