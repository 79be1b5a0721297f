/** What the window is before its page is painted: the page's own `--ground` (src-renderer/styles/tokens.css). */
export const GROUND = { light: '#f5f7f6', dark: '#131716' } as const;
