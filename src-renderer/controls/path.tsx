import { Fragment } from 'react';
import { partsOf } from './path-parts.ts';

/** A path, which a narrow line breaks after a slash and never inside a name, nor before the first one. */
export function Path({ path }: { readonly path: string }) {
  return (
    <span className="address">
      <Names path={path} />
    </span>
  );
}

interface NamesProps {
  readonly path: string;
  /** What stays on the line of its first name, and of its last. */
  readonly before?: string;
  readonly after?: string;
}

function Names({ path, before = '', after = '' }: NamesProps) {
  const names = path.split(/(?<=[^~:/\\][/\\])/);
  return names.map((name, index) => (
    <Fragment key={names.slice(0, index).join('')}>
      {index > 0 && <wbr />}
      <span className="path-name">
        {index === 0 && before}
        <span className="path-letters">{name}</span>
        {index === names.length - 1 && after}
      </span>
    </Fragment>
  ));
}

/** A text in which paths and names may stand. */
export function WithPaths({ text }: { readonly text: string }) {
  return partsOf(text).map((part, index) => {
    const key = `${index} ${part.text}`;
    if (part.kind === 'plain') return part.text;
    if (part.kind === 'path')
      return <Names key={key} path={part.text} before={part.before} after={part.after} />;
    return (
      <span key={key} className="whole">
        {part.text}
        {part.after}
      </span>
    );
  });
}
