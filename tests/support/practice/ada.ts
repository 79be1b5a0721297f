const ACCOUNT_UUID = '11111111-1111-4111-8111-111111111111';
const EMAIL = 'ada@example.org';
const ORGANIZATION = { uuid: '22222222-2222-4222-8222-222222222222', name: 'Analytical Engines' };

/** The one account of practice, as each answer of `facts.md` section 1 tells of it. */
export const ADA = {
  accountId: ACCOUNT_UUID,
  fullName: 'Ada Lovelace',
  email: EMAIL,
  organizationName: ORGANIZATION.name,
  inTokenAnswer: {
    account: { uuid: ACCOUNT_UUID, email_address: EMAIL },
    organization: ORGANIZATION,
  },
  profile: {
    account: {
      uuid: ACCOUNT_UUID,
      email: EMAIL,
      display_name: 'Ada',
      full_name: 'Ada Lovelace',
      has_claude_max: true,
      has_claude_pro: false,
    },
    organization: {
      ...ORGANIZATION,
      organization_type: 'claude_max',
      rate_limit_tier: 'default_claude_max_5x',
    },
  },
} as const;
