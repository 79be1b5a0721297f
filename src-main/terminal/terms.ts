/** `facts.md` section 2, said once before the first sign-in with Anthropic itself. */
export const TERMS_LINES: readonly string[] = [
  '',
  'Before the first sign-in, once:',
  '',
  '  · API keys (https://console.anthropic.com) are the supported way: latchkey key set.',
  "  · This sign-in uses Claude Code's public client id; Latchkey has none of its own.",
  '  · Anthropic says that it does not permit third-party developers to offer',
  '    Claude.ai login in their own applications, and that such tokens are for',
  '    Claude Code. People have lost features over this.',
  "  · The risk is the account holder's: yours.",
  '',
];
