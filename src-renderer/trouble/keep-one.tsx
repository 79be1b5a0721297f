import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { WithPaths } from '../controls/path.tsx';
import { useAsking } from '../state/use-asking.ts';
import { useQuestion } from '../state/use-question.ts';
import { useWords } from '../state/use-words.ts';

interface KeepOneProps {
  /** The id that stays. */
  readonly keep: string;
  readonly label: string;
  readonly commands: Commands;
}

/** Of several ids with one login takes all but one out, once the person has said so in place. */
export function KeepOne({ keep, label, commands }: KeepOneProps) {
  const { isAsking, setIsAsking, opener } = useAsking();
  if (isAsking) return <Question keep={keep} commands={commands} onLeave={() => setIsAsking(false)} />;
  return (
    <Button ref={opener} onPress={() => setIsAsking(true)}>
      {label}
    </Button>
  );
}

interface QuestionProps extends Omit<KeepOneProps, 'label'> {
  readonly onLeave: () => void;
}

function Question({ keep, commands, onLeave }: QuestionProps) {
  const { keepOne, cancel } = useWords().window;
  const { harmless, onKeyDown } = useQuestion(onLeave);
  const takeOut = () => {
    onLeave();
    return commands.keepOne(keep);
  };
  return (
    <div onKeyDown={onKeyDown}>
      <p>
        <WithPaths text={keepOne.question(keep)} />
      </p>
      <div className="answers">
        <Button ref={harmless} onPress={onLeave}>
          {cancel}
        </Button>
        <Button onPress={takeOut}>{keepOne.button}</Button>
      </div>
    </div>
  );
}
