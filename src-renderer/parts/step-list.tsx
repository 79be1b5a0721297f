import type { ReactNode } from 'react';
import { describeFailure } from '../../src-main/domain/failure-words.ts';
import type { SignInStep, SignInStepId, SignInStepStatus } from '../../src-main/domain/sign-in.ts';
import { stepWords } from '../step-words.ts';
import { StepIcon } from './step-icon.tsx';

interface StepListProps {
  readonly steps: readonly SignInStep[];
  /** What stands under one of the steps while it goes on. */
  readonly under?: { readonly id: SignInStepId; readonly content: ReactNode };
}

export function StepList({ steps, under }: StepListProps) {
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
              {stepWords(step)}
              <span className="visually-hidden">, {STATUS_WORDS[step.status]}</span>
            </span>
            {step.status === 'warning' && step.notice !== null && (
              <span className="step-notice">{describeFailure(step.notice).explanation}</span>
            )}
          </div>
          {under?.id === step.id && <div className="step-under">{under.content}</div>}
        </li>
      ))}
    </ol>
  );
}

const STATUS_WORDS: Record<SignInStepStatus, string> = {
  pending: 'to come',
  active: 'under way',
  done: 'done',
  warning: 'done, with a notice',
  failed: 'failed',
  skipped: 'not reached',
};
