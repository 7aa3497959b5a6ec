import type { ReactNode } from 'react';

/** Drawn on a grid of 20, in the colour of the text. Hidden from screen readers: a text stands beside each. */
function icon(shape: ReactNode) {
  return function Icon({ size = 18 }: { size?: number }) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.6}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden
        focusable="false"
      >
        {shape}
      </svg>
    );
  };
}

export type Icon = ReturnType<typeof icon>;

export const OverviewIcon = icon(<path d="M3 16.5h14M5.5 13.5v-4M10 13.5v-9M14.5 13.5V7" />);
export const HandlersIcon = icon(<path d="M4 5.5h8M4 10h12M4 14.5h6M15.5 4v3M14 5.5h3" />);
export const TargetsIcon = icon(
  <path d="M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 10v.01" />,
);
export const EventsIcon = icon(<path d="M11 2.5 4.5 11.5H10l-1 6L15.5 8.5H10z" />);
export const LogIcon = icon(<path d="M5 2.5h10v15H5zM8 6.5h4M8 10h4M8 13.5h2.5" />);
export const WaitingIcon = icon(
  <>
    <circle cx="10" cy="10" r="7" />
    <path d="M10 6v4l2.5 2" />
  </>,
);
export const ReplaysIcon = icon(<path d="M4 10a6 6 0 1 1 2 4.5M4 5.5V10h4.5" />);
export const ExecutorsIcon = icon(<path d="M3.5 4h13v4.5h-13zM3.5 11.5h13V16h-13zM6.5 6.2h.01M6.5 13.8h.01" />);
export const PlanIcon = icon(
  <>
    <path d="M6 5.5h7a2.2 2.2 0 0 1 0 4.5H7a2.2 2.2 0 0 0 0 4.5h7" />
    <circle cx="4.3" cy="5.5" r="1.3" />
    <circle cx="15.7" cy="14.5" r="1.3" />
  </>,
);
export const PublishIcon = icon(<path d="M3.5 10.5 17 3.5 12 17l-2.5-5.5zM9.5 11.5 17 3.5" />);
export const RejectedIcon = icon(
  <>
    <circle cx="10" cy="10" r="7" />
    <path d="m5.2 5.2 9.6 9.6" />
  </>,
);
export const FailuresIcon = icon(
  <>
    <path d="M7 3h6l4 4v6l-4 4H7l-4-4V7z" />
    <path d="M10 6.5v4.2M10 13.4h.01" />
  </>,
);
export const NoticesIcon = icon(<path d="M5 14V9a5 5 0 0 1 10 0v5l1.5 1.5h-13zM8.3 17.5h3.4" />);
export const OperationsIcon = icon(<path d="M3.5 5h9M3.5 10h5M3.5 15h3M11 13.5l2.2 2.2 4-4.4" />);
export const KeysIcon = icon(
  <>
    <circle cx="6.5" cy="13.5" r="3" />
    <path d="m8.7 11.3 7.3-7.3M13 7l2.5 2.5" />
  </>,
);
export const AuditIcon = icon(<path d="M10 2.5 4 5v4.5c0 4 2.6 6.6 6 8 3.4-1.4 6-4 6-8V5zM7.5 10l1.8 1.8L12.7 8.3" />);
export const SearchIcon = icon(
  <>
    <circle cx="9" cy="9" r="5" />
    <path d="m13 13 3.5 3.5" />
  </>,
);
export const FilterIcon = icon(<path d="M3.5 5.5h13M6 10h8M8.5 14.5h3" />);
export const SunIcon = icon(
  <>
    <circle cx="10" cy="10" r="3.2" />
    <path d="M10 2.5v1.8M10 15.7v1.8M2.5 10h1.8M15.7 10h1.8M4.7 4.7 6 6M14 14l1.3 1.3M4.7 15.3 6 14M14 6l1.3-1.3" />
  </>,
);
export const MoonIcon = icon(<path d="M16 11.8A6.6 6.6 0 0 1 8.2 4a6.6 6.6 0 1 0 7.8 7.8z" />);
export const SystemIcon = icon(<path d="M3 4h14v9.5H3zM7.5 16.5h5M10 13.5v3" />);
export const SignOutIcon = icon(<path d="M8 3.5H4v13h4M12.5 6.5 16 10l-3.5 3.5M16 10H8" />);
export const SortedUpIcon = icon(<path d="m6 11.5 4-4 4 4" />);
export const SortedDownIcon = icon(<path d="m6 8.5 4 4 4-4" />);
export const UnsortedIcon = icon(<path d="m7 8 3-3 3 3M7 12l3 3 3-3" />);
export const CopyIcon = icon(<path d="M7.5 7.5h8.5V16H7.5zM4.5 12.5h-.5V4h8.5v.5" />);
export const CheckIcon = icon(<path d="m4.5 10.5 3.5 3.5 7.5-8" />);
export const AwayIcon = icon(<path d="M10 3 18 16.5H2zM10 8v4M10 14.2h.01" />);
export const CloseIcon = icon(<path d="m5 5 10 10M15 5 5 15" />);
export const PlusIcon = icon(<path d="M10 4v12M4 10h12" />);
export const MoreIcon = icon(<path d="M4.5 10h.01M10 10h.01M15.5 10h.01" strokeWidth={2.6} />);
export const GripIcon = icon(
  <path d="M7.5 5h.01M12.5 5h.01M7.5 10h.01M12.5 10h.01M7.5 15h.01M12.5 15h.01" strokeWidth={2.4} />,
);
