import type { Commands } from '../face.tsx';
import { QuietCopy } from './quiet-copy.tsx';

/** For whoever reports a problem: in the details of every failure. */
export function CopyDiagnostics({ commands }: { readonly commands: Commands }) {
  return (
    <p className="copy-diagnostics">
      <QuietCopy
        label="Copy diagnostics"
        copied="Copied. No secrets in it."
        copy={() => commands.copyDiagnostics()}
      />
    </p>
  );
}
