import type { Login } from '../login/login.ts';

/** Does what a person asked for, and lets every face tell what went wrong with it. */
export type Run = (work: () => unknown) => void;

export function runner(login: Login): Run {
  return (work) => {
    Promise.resolve()
      .then(work)
      .catch((error: unknown) => login.report(error, 'desktop'));
  };
}
