/** The one account of practice. */
export const ADA = {
  accountUuid: '11111111-1111-4111-8111-111111111111',
  email: 'ada@example.org',
  displayName: 'Ada',
  fullName: 'Ada Lovelace',
  organizationUuid: '22222222-2222-4222-8222-222222222222',
  organizationName: 'Analytical Engines',
} as const;
