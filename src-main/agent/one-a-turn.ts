/**
 * Does one thing a turn of the event loop, in the order in which they came: however many come at once, whatever else
 * this process does (in the app: the tray's answers) has its turn between two of them. Of what is to be done for the
 * same one only the last is, at the place of the first.
 */
export function oneATurn(): (whose: object, work: () => void) => void {
  const waiting = new Map<object, () => void>();
  const next = () => {
    const [first] = waiting;
    if (first === undefined) return;
    const [whose, work] = first;
    waiting.delete(whose);
    // An immediate that is made in one is of the next turn. Before the work, which may throw.
    if (waiting.size > 0) setImmediate(next);
    work();
  };
  return (whose, work) => {
    if (waiting.size === 0) setImmediate(next);
    waiting.set(whose, work);
  };
}
