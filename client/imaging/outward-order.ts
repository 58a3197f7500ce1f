/** The items from one index outwards: itself, the next, the previous, the one after next, … */
export function outwardFrom<T>(items: readonly T[], index: number): T[] {
  const ordered: T[] = [];
  for (let distance = 0; ordered.length < items.length && distance <= items.length; distance++) {
    const after = items[index + distance];
    const before = items[index - distance];
    if (after !== undefined) ordered.push(after);
    if (before !== undefined && distance > 0) ordered.push(before);
  }
  return ordered;
}
