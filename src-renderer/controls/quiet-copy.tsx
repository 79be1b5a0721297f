import { useMoment } from '../state/use-moment.ts';
import { Button } from './button.tsx';

interface QuietCopyProps {
  readonly label: string;
  /** What it says for a few seconds, once it is on the clipboard. */
  readonly copied: string;
  readonly copy: () => Promise<void>;
}

/** A quiet link that puts something on the clipboard, with a sentence beside it. */
export function QuietCopy({ label, copied, copy }: QuietCopyProps) {
  const [isCopied, tell] = useMoment(5);
  const press = async () => {
    await copy();
    tell();
  };
  return (
    <>
      <Button look="quiet" onPress={press}>
        {label}
      </Button>
      <span className="copied" role="status">
        {isCopied ? copied : ''}
      </span>
    </>
  );
}
