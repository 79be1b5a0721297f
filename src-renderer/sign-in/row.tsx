import type { ReactNode } from 'react';

interface RowProps {
  readonly picture: ReactNode;
  readonly title: string;
  readonly text: string;
}

/** A picture, and beside it what it shows. */
export function Row({ picture, title, text }: RowProps) {
  return (
    <div className="row">
      {picture}
      <p className="row-words">
        <span className="row-title">{title}</span>
        <span>{text}</span>
      </p>
    </div>
  );
}
