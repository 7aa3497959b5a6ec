// Whether the service of this container lives; the image has no curl. Usage: healthcheck.mjs PORT [PATH]
const [port, path = '/healthz'] = process.argv.slice(2);
const answer = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(4_000) }).catch(
  (error) => error,
);
if (!answer.ok) console.error(answer instanceof Response ? await answer.text() : String(answer.cause ?? answer));
process.exitCode = answer.ok ? 0 : 1;
