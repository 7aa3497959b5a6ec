import { Link } from '@tanstack/react-router';
import { navigation } from '../pages/navigation.ts';
import { OpenFailures } from './OpenFailures.tsx';
import classes from './Navigation.module.css';

/** The way to the pages. */
export function Navigation({ onNavigate }: { onNavigate: () => void }) {
  return (
    <nav className={classes.navigation} aria-label="Main">
      {navigation.map(({ heading, entries }) => (
        <div key={heading}>
          <p className={classes.heading} id={`nav-${heading}`}>
            {heading}
          </p>
          <ul className={classes.list} aria-labelledby={`nav-${heading}`}>
            {entries.map(({ to, label, icon: EntryIcon }) => (
              <li key={to}>
                {/* Filters belong to a visit: who comes from the navigation begins without any. */}
                <Link
                  to={to}
                  search={{}}
                  className={classes.link}
                  activeOptions={{ exact: (to as string) === '/', includeSearch: false }}
                  onClick={onNavigate}
                >
                  <EntryIcon />
                  {label}
                  {to === '/failures' && <OpenFailures />}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
