// latchkey exec -- node who-am-i.mjs
import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic({
  // As `latchkey exec` hands it over. The SDK itself looks for an API key, which this is not.
  authToken: process.env.CLAUDE_CODE_OAUTH_TOKEN,
  apiKey: null,
  baseURL: process.env.LATCHKEY_API_URL ?? 'https://api.anthropic.com',
  // Without it OAuth tokens are refused.
  defaultHeaders: { 'anthropic-beta': 'oauth-2025-04-20' },
});

const { account, organization } = await client.get('/api/oauth/profile');
console.log(`${account.email}, ${organization.name}`);
