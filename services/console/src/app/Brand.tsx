import classes from './Brand.module.css';

export function Brand() {
  return (
    <span className={classes.brand}>
      <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden focusable="false">
        <rect width="32" height="32" rx="8" fill="#13707d" />
        <path d="M8 10h9M8 16h13M8 22h6" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
        <circle cx="23" cy="10" r="2.5" fill="#9fe3d8" />
      </svg>
      Provisor
    </span>
  );
}
