/** Someone who can approve in practice, as each answer of `facts.md` section 1 tells of them. */
export interface Person {
  readonly uuid: string;
  readonly email: string;
  readonly displayName: string;
  readonly fullName: string;
  readonly organization: { readonly uuid: string; readonly name: string };
  readonly plan: 'max' | 'pro';
}

const ADA: Person = {
  uuid: '11111111-1111-4111-8111-111111111111',
  email: 'ada@example.org',
  displayName: 'Ada',
  fullName: 'Ada Lovelace',
  organization: { uuid: '22222222-2222-4222-8222-222222222222', name: 'Analytical Engines' },
  plan: 'max',
};

export const GRACE: Person = {
  uuid: '33333333-3333-4333-8333-333333333333',
  email: 'grace@example.org',
  displayName: 'Grace',
  fullName: 'Grace Hopper',
  organization: { uuid: '44444444-4444-4444-8444-444444444444', name: 'Compilers & Co.' },
  plan: 'pro',
};

/** The first is who approves where nobody else is chosen. */
export const PEOPLE: readonly [Person, ...Person[]] = [ADA, GRACE];

/** @throws RangeError when practice knows nobody of that uuid */
export function personOf(uuid: string): Person {
  const person = PEOPLE.find((each) => each.uuid === uuid);
  if (person === undefined) throw new RangeError('nobody of practice');
  return person;
}

export function inTokenAnswer({ uuid, email, organization }: Person) {
  return { account: { uuid, email_address: email }, organization };
}

export function profileOf({ uuid, email, displayName, fullName, organization, plan }: Person) {
  return {
    account: {
      uuid,
      email,
      display_name: displayName,
      full_name: fullName,
      has_claude_max: plan === 'max',
      has_claude_pro: plan === 'pro',
    },
    organization: {
      ...organization,
      organization_type: `claude_${plan}`,
      rate_limit_tier: plan === 'max' ? 'default_claude_max_5x' : 'default_claude_pro',
    },
  };
}
