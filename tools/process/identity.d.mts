export function startTimeOf(pid: number): string | undefined;
export function parentOf(pid: number): number | undefined;
