import { useEffect, useState } from 'react';
import { SECOND } from '../../src-main/domain/instant.ts';

/** Something that is so for a few seconds, counted anew from each `begin`. */
export function useMoment(seconds: number): readonly [isNow: boolean, begin: () => void] {
  const [times, setTimes] = useState(0);
  useEffect(() => {
    if (times === 0) return;
    const timer = setTimeout(() => setTimes(0), seconds * SECOND);
    return () => clearTimeout(timer);
  }, [times, seconds]);
  return [times > 0, () => setTimes((count) => count + 1)];
}
