/** The reasons that this test file has given so far. */
const said = new Set<string>();

/**
 * Chooses between a test function and its `skip`, and says once for each reason why what follows is skipped.
 *
 * @param run `it`, `test` or `describe`.
 * @param reason What is missing here: "root", "prlimit of util-linux".
 */
export function onlyWhere<T extends { skip: unknown }>(run: T, here: boolean, reason: string): T | T['skip'] {
  if (here) return run;
  if (!said.has(reason)) process.stdout.write(`tests are skipped that need ${reason}\n`);
  said.add(reason);
  return run.skip;
}
