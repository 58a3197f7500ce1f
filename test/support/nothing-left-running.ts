const GRACE_MS = 30_000;

/**
 * Ends a run that is over while something it started still holds the process, and names what: a test that broke off would
 * otherwise keep whoever waits for the result for ever. The result stays that of the tests: mocha sets the code last.
 */
export function mochaGlobalTeardown(): void {
  const timer = setTimeout(() => {
    process.stderr.write(`still running after the last test: ${process.getActiveResourcesInfo().join(', ')}\n`);
    process.exit();
  }, GRACE_MS);
  // Unreferenced, so that it fires only where something else keeps the process.
  timer.unref();
}
