import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

// Loaded before a program, it writes the URL of each module that is imported to the file of RECORD_IMPORTS_TO.
const file = process.env.RECORD_IMPORTS_TO;
if (file) {
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      appendFileSync(file, `${resolved.url}\n`);
      return resolved;
    },
  });
}
