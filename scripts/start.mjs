/**
 * `npm start`: from a fresh clone to a running hub. Plain JavaScript without packages, because nothing is installed yet:
 * checks Node, installs and builds when needed, then hands over to the supervisor in dist/src/cli/start.js.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Koppel needs Node 20.19 or later; this is Node ${process.versions.node}. Get one at https://nodejs.org\n`,
  );
  process.exit(3);
}

// Not imported at the top: run.mjs uses what an old Node does not have, and its complaint would hide ours.
const { prepare } = await import('./run.mjs');
prepare('src/cli/start.js');
process.setSourceMapsEnabled(true);
const { main } = await import('../dist/src/cli/start.js');
await main(process.argv.slice(2));
