import { MINUTE, type Instant } from '../../src-main/domain/instant.ts';
import { Ring } from '../controls/ring.tsx';
import { proportionLeft } from '../state/proportion.ts';
import { useWords } from '../state/use-words.ts';

/** How long a person has to approve; the whole ring (the seed's five minutes). */
const WHOLE = 5 * MINUTE;

export function Countdown({ deadline, now }: { readonly deadline: Instant; readonly now: Instant }) {
  const { format } = useWords();
  const left = deadline - now;
  return (
    <Ring
      left={proportionLeft(deadline - WHOLE, deadline, now)}
      tone={left < MINUTE ? 'warning' : 'accent'}
      size="small"
    >
      <span className="countdown" role="timer">
        {format.countdown(left)}
      </span>
    </Ring>
  );
}
