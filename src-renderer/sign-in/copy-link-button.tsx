import { Button } from '../controls/button.tsx';
import { useMoment } from '../state/use-moment.ts';
import { useWords } from '../state/use-words.ts';

interface CopyLinkButtonProps {
  readonly look: 'primary' | 'secondary';
  readonly copy: () => Promise<void>;
}

/** "Copy link", which says for a moment that it did. */
export function CopyLinkButton({ look, copy }: CopyLinkButtonProps) {
  const { signIn } = useWords();
  const [isCopied, tell] = useMoment(2);
  const press = async () => {
    await copy();
    tell();
  };
  return (
    <>
      <Button look={look} onPress={press}>
        {isCopied ? signIn.copied : signIn.copyLink}
      </Button>
      <span className="visually-hidden" role="status">
        {isCopied ? signIn.linkCopied : ''}
      </span>
    </>
  );
}
