import type { Account } from '../domain/snapshot.ts';

/** The facts of an owner beyond the name in the heading: "Ada · Analytical Engines"; empty when unknown. */
export function describeOwner({ owner }: Account): string {
  if (owner === null) return '';
  const { email, displayName, organizationName } = owner;
  return [
    // Without an address the name is the heading already.
    email === null ? null : displayName,
    // The service names a personal organisation after its owner's address: that says nothing new.
    organizationName !== null && email !== null && organizationName.startsWith(email)
      ? null
      : organizationName,
  ]
    .filter((part) => part !== null && part !== '')
    .join(' · ');
}

/** "Max"; `null` when unknown. */
export function planOf({ owner }: Account): string | null {
  const plan = owner?.plan ?? null;
  return plan === null || plan === '' ? null : `${plan.charAt(0).toUpperCase()}${plan.slice(1)}`;
}
