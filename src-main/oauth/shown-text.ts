import * as v from 'valibot';

/** Names and addresses go to terminals and menus: nothing in them may be more than a letter. */
const MOST_LETTERS = 200;

/** A text of the service's about a person, as it may be shown. One in which nothing is left is none. */
export const shownText = v.pipe(
  v.string(),
  v.transform((given) =>
    given
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .slice(0, MOST_LETTERS)
      .toWellFormed()
      .trim(),
  ),
  v.nonEmpty(),
);
