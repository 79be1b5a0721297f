import { useId } from 'react';

/** The app's icon (`assets/icons/src/app.svg`), drawn into the page: it is there with the first picture. */
export function AppIcon() {
  const id = useId();
  return (
    <svg className="app-icon" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <defs>
        <linearGradient id={`${id}door`} x2="0" y2="1">
          <stop stopColor="#1aa494" />
          <stop offset="1" stopColor="#0b6b60" />
        </linearGradient>
        <linearGradient id={`${id}plate`} x2="0" y2="1">
          <stop stopColor="#ffffff" />
          <stop offset="1" stopColor="#dcefeb" />
        </linearGradient>
      </defs>
      <rect x="3" y="3" width="58" height="58" rx="14" fill={`url(#${id}door)`} />
      <circle cx="32" cy="33.5" r="20" fill="#063f38" fillOpacity="0.35" />
      <path
        fill={`url(#${id}plate)`}
        fillRule="evenodd"
        d="M32 12a20 20 0 1 1 0 40 20 20 0 0 1 0-40Zm2.7 21.2a6 6 0 1 0-5.4 0L26.5 43.5h11Z"
      />
    </svg>
  );
}
