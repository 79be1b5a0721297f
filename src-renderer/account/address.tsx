import { Fragment } from 'react';

/** A name or an e-mail address, broken where a person would: before the @, else before dots. */
export function Address({ address }: { readonly address: string }) {
  const at = address.lastIndexOf('@');
  if (at < 0) return <Dotted text={address} />;
  return (
    <>
      <Dotted text={address.slice(0, at)} />
      <wbr />
      <span className="address-host">
        <Dotted text={address.slice(at)} />
      </span>
    </>
  );
}

function Dotted({ text }: { readonly text: string }) {
  const parts = text.split(/(?=\.)/);
  return parts.map((part, index) => (
    <Fragment key={parts.slice(0, index).join('')}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
