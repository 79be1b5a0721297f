import type { ReactNode } from 'react';
import type { SignInStep, SignInStepId } from '../../src-main/domain/sign-in.ts';
import { describeFailure } from '../../src-main/words/failure-words.ts';
import { describeStepInTerms, describeStepLine } from '../../src-main/words/step-words.ts';
import { WithPaths } from '../controls/path.tsx';
import { useWords } from '../state/use-words.ts';
import { StepIcon } from './step-icon.tsx';

interface StepListProps {
  readonly steps: readonly SignInStep[];
  /** What stands under one of the steps while it goes on. */
  readonly under?: { readonly id: SignInStepId; readonly content: ReactNode };
}

/** The eight steps in plain words, each with what is to be known of it. */
export function StepList({ steps, under }: StepListProps) {
  const words = useWords();
  return (
    <ol className="steps">
      {steps.map((step) => (
        <li
          key={step.id}
          className={`step step-${step.status}`}
          aria-current={step.status === 'active' ? 'step' : undefined}
        >
          <StepIcon step={step} />
          <div className="step-words">
            <span className="step-title">
              {describeStepLine(words, step)}
              <span className="visually-hidden"> ({words.signIn.statuses[step.status]})</span>
            </span>
            {step.status === 'warning' && step.notice !== null && (
              <span className="step-notice">
                <WithPaths
                  text={describeFailure(words, step.notice, 'other', step.id === 'save').explanation}
                />
              </span>
            )}
            {under?.id === step.id && under.content}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** The same steps as the protocol calls them, for those who want to know. */
export function StepTerms({ steps }: Pick<StepListProps, 'steps'>) {
  const words = useWords();
  return (
    <ol className="steps step-terms">
      {steps.map((step) => (
        <li key={step.id} className={`step step-${step.status}`}>
          <StepIcon step={step} />
          <span>
            {describeStepInTerms(words, step)}
            <span className="visually-hidden"> ({words.signIn.statuses[step.status]})</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
