import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The system's own, where there is one: others are often wrappers, which cost more than what is measured. */
const interpreter = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : '/usr/bin/env python3';

const contents = {
  'once.py': `#!${interpreter}
import json, sys
event = json.load(sys.stdin)
`,
  'once.sh': `#!/bin/sh
read -r event || true # It has no line break at its end.
`,
  'persistent.py': `#!${interpreter}
import json, sys
for line in sys.stdin:
    event = json.loads(line)
    print(json.dumps({"execution_id": event["execution_id"], "ok": True}), flush=True)
`,
  'persistent.sh': `#!/bin/sh
while read -r line; do
  id=\${line#*\\"execution_id\\":\\"}
  printf '{"execution_id":"%s","ok":true}\\n' "\${id%%\\"*}"
done
`,
};

/** Has the scripts of the benches in a folder of their own, as long as `work` runs. */
export async function withScripts<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'provisor-bench-'));
  try {
    for (const [name, content] of Object.entries(contents)) {
      await writeFile(join(folder, name), content);
      await chmod(join(folder, name), 0o755); // Other users must not write to scripts.
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
