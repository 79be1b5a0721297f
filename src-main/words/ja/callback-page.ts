/** The browser's last page. */
export const callbackPage = {
  locale: 'ja-JP',
  approved: {
    title: '承認を受け取りました',
    text: 'このタブは閉じてかまいません。続きは Latchkey が自動で行います。',
  },
  declined: {
    title: '承認されませんでした',
    text: 'このタブは閉じてかまいません。何が起きたかと次の手順は、Latchkey に表示されます。',
  },
};
