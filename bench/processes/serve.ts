/** Answers the tasks of the process that started us, one after another, and ends with it. */
export function serve(work: (task: never) => Promise<unknown>): void {
  process.on('message', (task) => {
    work(task as never).then(
      (answer) => process.send!({ answer }),
      (error: unknown) =>
        process.send!({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once('disconnect', () => process.exit());
}
