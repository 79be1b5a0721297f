import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { useMoment } from '../state/use-moment.ts';
import { useWords } from '../state/use-words.ts';

/** For whoever wants to look before they sign in for real. */
export function TryPractice({
  look = 'quiet',
  commands,
}: {
  /** Nothing else on the page helps. */
  readonly look?: 'primary' | 'quiet';
  readonly commands: Commands;
}) {
  const { welcome } = useWords().window;
  // As long as it usually takes to start.
  const [isStarting, tell] = useMoment(8);
  const press = async () => {
    await commands.startPractice();
    tell();
  };
  return (
    <p className="welcome-practice small-print">
      <Button look={look} busy={isStarting} onPress={press}>
        {welcome.tryPractice}
      </Button>
      <span className="copied" role="status">
        {isStarting ? welcome.practiceStarting : ''}
      </span>
    </p>
  );
}
