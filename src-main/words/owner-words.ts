import type { Account } from '../domain/snapshot.ts';
import type { Words } from './words.ts';

/** The facts of an owner beyond the name in the heading: "Ada · Analytical Engines · Max plan"; empty when unknown. */
export function describeOwner(words: Words, { owner }: Account): string {
  if (owner === null) return '';
  const { email, displayName, organizationName, plan } = owner;
  return [
    // Without an address the name is the heading already.
    email === null ? null : displayName,
    // The service names a personal organisation after its owner's address: that says nothing new.
    organizationName !== null && email !== null && organizationName.startsWith(email)
      ? null
      : organizationName,
    plan === null ? null : words.account.plan(`${plan.charAt(0).toUpperCase()}${plan.slice(1)}`),
  ]
    .filter((part) => part !== null && part !== '')
    .join(' · ');
}
