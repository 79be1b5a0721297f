import type { ReactNode } from 'react';

interface FactsListProps {
  readonly facts: readonly (readonly [label: string, value: ReactNode])[];
}

export function FactsList({ facts }: FactsListProps) {
  return (
    <dl className="facts">
      {facts.map(([label, value]) => (
        <div key={label} className="fact">
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
