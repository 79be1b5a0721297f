import type { Commands } from '../../src-preload/contract.ts';
import { QuietCopy } from '../controls/quiet-copy.tsx';
import { useWords } from '../state/use-words.ts';

/** For whoever reports a problem: in the details of every failure. */
export function CopyDiagnostics({ commands }: { readonly commands: Commands }) {
  const words = useWords().window;
  return (
    <p className="copy-diagnostics">
      <QuietCopy
        label={words.copyDiagnostics}
        copied={words.diagnosticsCopied}
        copy={() => commands.copyDiagnostics()}
      />
    </p>
  );
}
