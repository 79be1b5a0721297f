import type { Commands } from '../face.tsx';
import { useWords } from '../use-words.ts';
import { QuietCopy } from './quiet-copy.tsx';

/** For whoever reports a problem: in the details of every failure. */
export function CopyDiagnostics({ commands }: { readonly commands: Commands }) {
  const { window } = useWords();
  return (
    <p className="copy-diagnostics">
      <QuietCopy
        label={window.copyDiagnostics}
        copied={window.diagnosticsCopied}
        copy={() => commands.copyDiagnostics()}
      />
    </p>
  );
}
