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

// Ends in a space, or in the marks of the sentence around it, which stay on its line.
const PATH = /[(（]?(?:~|\p{L}:)?[/\\][^\s：、。（）]*[^\s.,:;：、。（）][.,:;)：、。）]*/u;
/**
 * A name in quotation marks, a short command, an option, a shown key, a package of several words: its hyphens are no
 * places to break it.
 */
const QUOTED =
  /[“„「][^“”„「」]{1,24}[”“」][.,:;：、。]*|--[a-z][a-z-]*[.,:;：、。]*|sk-ant-\S*|[(（]?(?<![\p{L}\d.:@/-])[a-z]+(?:-[a-z\d]+){2,}(?![\p{L}\d]|[.:@-][\p{L}\d])[.,:;)：、。）]*/u;
const PARTS = new RegExp(`(${PATH.source}|${QUOTED.source})`, 'u');

/** A text in which paths and names may stand. */
export function WithPaths({ text }: { readonly text: string }) {
  return text.split(PARTS).map((part, index) => {
    if (index % 2 === 0) return part;
    const key = `${index} ${part}`;
    return QUOTED.exec(part)?.index === 0 ? (
      <span key={key} className="whole">
        {part}
      </span>
    ) : (
      <Names key={key} path={part} />
    );
  });
}
