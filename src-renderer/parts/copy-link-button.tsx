import { useMoment } from '../use-moment.ts';
import { Button } from './button.tsx';

interface CopyLinkButtonProps {
  readonly look: 'primary' | 'secondary';
  readonly copy: () => Promise<void>;
}

/** "Copy link", which says for a moment that it did. */
export function CopyLinkButton({ look, copy }: CopyLinkButtonProps) {
  const [isCopied, tell] = useMoment(2);
  const press = async () => {
    await copy();
    tell();
  };
  return (
    <>
      <Button look={look} onPress={press}>
        {isCopied ? 'Copied' : 'Copy link'}
      </Button>
      <span className="visually-hidden" role="status">
        {isCopied ? 'Link copied' : ''}
      </span>
    </>
  );
}
