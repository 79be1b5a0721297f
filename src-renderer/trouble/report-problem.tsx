import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { useMoment } from '../state/use-moment.ts';
import { useWords } from '../state/use-words.ts';

/** Puts on the clipboard what a report needs, and opens where it goes to. */
export function ReportProblem({ commands }: { readonly commands: Commands }) {
  const words = useWords().window;
  const [isCopied, tell] = useMoment(8);
  const press = async () => {
    await commands.reportProblem();
    tell();
  };
  return (
    <>
      <Button onPress={press}>{words.reportProblem}</Button>
      <span className="copied" role="status">
        {isCopied ? words.reportCopied : ''}
      </span>
    </>
  );
}
