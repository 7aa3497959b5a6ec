// Every npm script comes through here, on whatever Node the machine has and with nothing installed yet. Therefore:
// plain JavaScript, no dependencies, and nothing but the version check before the rest is loaded.

const oldest = 20;

if (Number.parseInt(process.versions.node, 10) < oldest) {
  console.error(
    `Provisor needs Node ${oldest} or later; this is Node ${process.versions.node}. See https://nodejs.org/`,
  );
  process.exit(1);
}

const { bootstrap } = await import('./run/bootstrap.mjs');
await bootstrap(process.argv.slice(2));
