import { Component, type ReactNode } from 'react';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { crashOf } from './crash.ts';
import { CrashedView } from './crashed-view.tsx';

interface CrashBoundaryProps {
  readonly snapshot: Snapshot;
  readonly commands: Commands;
  readonly children: ReactNode;
}

/** Where drawing fails it shows a page that does not, and has the error noted. (React knows this as a class only.) */
export class CrashBoundary extends Component<CrashBoundaryProps, { readonly hasCrashed: boolean }> {
  override readonly state = { hasCrashed: false };

  static getDerivedStateFromError() {
    return { hasCrashed: true };
  }

  override componentDidCatch(error: unknown) {
    void this.props.commands.reportCrash(crashOf(error));
  }

  override render() {
    const { snapshot, commands, children } = this.props;
    return this.state.hasCrashed ? <CrashedView snapshot={snapshot} commands={commands} /> : children;
  }
}
