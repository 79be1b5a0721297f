import { useEffect, useState } from 'react';
import { SECOND } from '../../src-main/domain/instant.ts';
import { Button } from './button.tsx';

interface CopyLinkButtonProps {
  readonly look: 'primary' | 'secondary';
  readonly copy: () => Promise<void>;
}

/** "Copy link", which says for a moment that it did. */
export function CopyLinkButton({ look, copy }: CopyLinkButtonProps) {
  const [copies, setCopies] = useState(0);
  useEffect(() => {
    if (copies === 0) return;
    const timer = setTimeout(() => setCopies(0), 2 * SECOND);
    return () => clearTimeout(timer);
  }, [copies]);

  const press = async () => {
    await copy();
    setCopies((count) => count + 1);
  };
  return (
    <>
      <Button look={look} onPress={press}>
        {copies > 0 ? 'Copied' : 'Copy link'}
      </Button>
      <span className="visually-hidden" role="status">
        {copies > 0 ? 'Link copied' : ''}
      </span>
    </>
  );
}
