/**
 * What the codes of failed attempts mean, for people. The codes are stable; a new one is shown as it is until it has
 * its words here.
 */
const meanings: Readonly<Record<string, string>> = {
  http_status: 'The target answered with a status that is no success.',
  redirect: 'The target redirects; redirects are not followed.',
  timeout: 'There was no answer, or no end, within the time that the handler has.',
  connection_refused: 'Nothing listens at the address and port.',
  connection_reset: 'The target broke the connection off.',
  connection_failed: 'No connection to the target came about.',
  host_unreachable: 'There is no way through the network to the host.',
  dns_failure: 'The name of the host has no address.',
  dns_unavailable: 'The name servers did not say what address the host has; the target was not called.',
  tls_failure:
    'No secure connection: the certificate or the protocol does not fit, or the target wants a client certificate.',
  bad_response: 'What came back is no HTTP response that could be read.',
  address_refused: 'The address may not be called; see HTTP_ALLOW_CIDRS and HTTP_DENY_CIDRS.',
  exit_code: 'The script ended with a code that is not 0.',
  signal: 'The script was ended by a signal.',
  script_outside: 'The script lies outside the folders that are allowed.',
  script_symlink_outside: 'The script is a link that leads out of the folders that are allowed.',
  script_missing: 'There is no such script on the executor.',
  script_not_file: 'The path is not that of a file.',
  script_not_executable: 'The executor may not execute the script.',
  script_writable_by_others: 'Others may write to the script or its folder, so it is not run.',
  script_owner: 'The script belongs to somebody whose scripts are not run.',
  script_not_runnable: 'The system cannot run the file: its first line or its format is wrong.',
  spawn_failed: 'The executor could not start a process.',
  script_host_lost: 'The process that starts scripts was lost during the call.',
  script_host_lost_again: 'The process that starts scripts was lost again and again during calls of this script.',
  script_error: 'The script said itself that it failed.',
  script_ended: 'The script, which should stay up, ended during the call.',
  bad_reply: 'What the script answered is not what was agreed.',
  executor_resources: "The executor's machine had nothing left to make the call with.",
  aborted: 'The executor took the call back, as it was stopped or lost its hold on the event; it is made again.',
  secrets_unavailable: 'A secret of the handler could not be opened; see SECRETS_KEY.',
  given_up: 'A person gave it up.',
  handler_disabled: 'The handler was disabled while the execution waited.',
  condition_unmet: 'The condition of the handler is false for this event.',
  condition_failed: 'The condition of the handler could not be evaluated for this event; the target was not called.',
  internal_error: 'A fault of Provisor itself.',
};

/** A reason code in words; undefined for one that is not known here. */
export function meaningOf(reason: string | null): string | undefined {
  return reason === null ? undefined : meanings[reason];
}
