/** The browser's last page. */
export const callbackPage = {
  locale: 'de-DE',
  approved: {
    title: 'Zustimmung erhalten',
    text: 'Sie können diesen Tab schließen. Latchkey macht von selbst weiter.',
  },
  declined: {
    title: 'Keine Zustimmung erhalten',
    text: 'Sie können diesen Tab schließen. Latchkey zeigt, was geschehen ist und wie es weitergeht.',
  },
};
