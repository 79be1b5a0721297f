import { Fragment } from 'react';

/** A path, which a narrow line breaks after a slash and never inside a name, nor before the first one. */
export function Path({ path }: { readonly path: string }) {
  return (
    <span className="address">
      <Names path={path} />
    </span>
  );
}

function Names({ path }: { readonly path: string }) {
  const names = path.split(/(?<=[^~:/\\][/\\])/);
  return names.map((name, index) => (
    <Fragment key={names.slice(0, index).join('')}>
      {index > 0 && <wbr />}
      <span className="path-name">{name}</span>
    </Fragment>
  ));
}

/** A text in which paths may stand. */
export function WithPaths({ text }: { readonly text: string }) {
  // It ends in a space, or in the marks of the sentence around it, which stay on its line.
  return text
    .split(/([(（]?(?:~|\p{L}:)?[/\\][^\s：、。（）]*[^\s.,:;：、。（）][.,:;)：、。）]*)/u)
    .map((part, index) => (index % 2 === 0 ? part : <Names key={`${index} ${part}`} path={part} />));
}
