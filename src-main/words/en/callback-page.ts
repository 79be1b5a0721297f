/** The browser's last page. */
export const callbackPage = {
  locale: 'en-GB',
  approved: {
    title: 'Approved',
    text: 'You may close this tab. Latchkey goes on by itself.',
  },
  declined: {
    title: 'Not approved',
    text: 'You may close this tab. Latchkey says what happened and how to go on.',
  },
};
