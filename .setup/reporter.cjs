const { appendFileSync } = require('node:fs');
const { Spec } = require('mocha').reporters;

/** What mocha prints by itself; each failure is a line of JSON in the file that the option `failures` names as well. */
module.exports = class extends Spec {
  constructor(runner, options) {
    super(runner, options);
    const { failures } = options.reporterOptions;
    runner.on('fail', (test, error) => {
      const failure = { file: test.file, title: test.fullTitle(), error: String(error?.stack ?? error) };
      appendFileSync(failures, `${JSON.stringify(failure)}\n`);
    });
  }
};
