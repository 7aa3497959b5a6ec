/** A script below one of an executor's script folders. */
export interface ReportedScript {
  /** As a handler names it: relative to its folder, with slashes. */
  readonly path: string;
  /** Why the executor does not run it, as the reason code of an attempt; absent when it does. */
  readonly reason?: string;
  /** What is wrong and what to do, for people; there with a reason. */
  readonly message?: string;
}

/** The scripts that an executor has. */
export interface ScriptReport {
  /** Its script folders, absolute. */
  readonly folders: readonly string[];
  /** By path. */
  readonly scripts: readonly ReportedScript[];
  /** True when there are more than are reported. */
  readonly truncated: boolean;
}

/** An executor reports no more scripts than this. */
export const mostReportedScripts = 1_000;

/** Folders of tools, which may hold thousands of files. Scripts below them run, but are not reported. */
export const unreportedFolders: ReadonlySet<string> = new Set(['.git', 'node_modules', '__pycache__']);

/** An executor that runs, and has told which scripts it has. */
export interface ReportingExecutor {
  readonly id: string;
  readonly host: string;
  readonly folders: readonly string[];
  readonly truncated: boolean;
}

/** A script, as all running executors have it. */
export interface AvailableScript {
  readonly path: string;
  /** False when an executor that has it does not run it. */
  readonly runnable: boolean;
  /** Why that one does not run it. */
  readonly reason?: string;
  readonly hint?: string;
  /** Ids of the executors that have it. */
  readonly executors: readonly string[];
}

/** Which scripts the running executors have. */
export interface ScriptAvailability {
  readonly executors: readonly ReportingExecutor[];
  /** By path. */
  readonly scripts: ReadonlyMap<string, AvailableScript>;
}

/** Puts the reports of executors together. */
export function availableScripts(
  reports: readonly { readonly id: string; readonly host: string; readonly scripts: ScriptReport }[],
): ScriptAvailability {
  const found = new Map<string, AvailableScript>();
  for (const { id, host, scripts: report } of reports) {
    for (const { path, reason, message } of report.scripts) {
      const known = found.get(path) ?? { path, runnable: true, executors: [] };
      const executors = [...known.executors, id];
      const hint = reports.length > 1 ? `${message} (on ${host})` : message;
      const refused = reason !== undefined && known.runnable && { runnable: false, reason, hint };
      found.set(path, { ...known, ...refused, executors });
    }
  }
  const executors = reports.map(({ id, host, scripts: { folders, truncated } }) => ({ id, host, folders, truncated }));
  const byPath = [...found].sort(([path], [other]) => (path < other ? -1 : 1));
  return { executors, scripts: new Map(byPath) };
}

/**
 * What keeps a script from running everywhere, with what to do about it.
 *
 * @param path As a handler names it: relative to a script folder, or absolute.
 * @returns Nothing when all executors run it, and when it is not known: no executor runs, or one has more scripts than
 * it reports.
 */
export function scriptWarnings(path: string, { executors, scripts }: ScriptAvailability): string[] {
  const name = reportedPath(path, executors);
  if (executors.length === 0 || name.split('/').some((part) => unreportedFolders.has(part))) return [];
  const script = scripts.get(name);
  const lacking = executors.filter(({ id, truncated }) => !truncated && !script?.executors.includes(id));
  if (script === undefined) {
    if (lacking.length < executors.length) return [];
    const folders = [...new Set(executors.flatMap((executor) => executor.folders))].join(' or ');
    return [`No running executor has this script. Copy it to ${folders}, or correct the path.`];
  }
  const warnings = script.runnable ? [] : [`Not runnable (${script.reason}): ${script.hint}.`];
  if (lacking.length > 0) {
    const hosts = [...new Set(lacking.map(({ host }) => host))].join(', ');
    const having = executors.length - lacking.length;
    warnings.push(`Only ${having} of ${executors.length} running executors have this script. Copy it to ${hosts}.`);
  }
  return warnings;
}

/** The path as executors report it: without `.` and empty segments, and without the script folder before it. */
function reportedPath(path: string, executors: readonly ReportingExecutor[]): string {
  const normal = path.split('/').filter((part) => part !== '' && part !== '.');
  if (!path.startsWith('/')) return normal.join('/');
  const absolute = `/${normal.join('/')}`;
  const folders = executors.flatMap((executor) =>
    executor.folders.map((folder) => (folder === '/' ? '/' : `${folder}/`)),
  );
  const folder = folders.find((candidate) => absolute.startsWith(candidate));
  return folder === undefined ? absolute : absolute.slice(folder.length);
}
