/**
 * `node dist/src/cli/ready.js [address]`: whether a process of the hub can work, for health checks of containers that have
 * no other program to ask with. Asks /readyz on KOPPEL_HTTP_PORT of this machine, or the address. Exit code 0 or 1; what is
 * wrong goes to standard error, where `docker inspect` shows it.
 */
import { get } from 'node:http';

const patienceMs = 4_000;

function problemAt(address: string): Promise<string | undefined> {
  return new Promise((done) => {
    const request = get(address, { agent: false, signal: AbortSignal.timeout(patienceMs) }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text = (text + part).slice(0, 2_000)));
      response.on('error', (error) => done(`${address} did not end its answer: ${error.message}`));
      response.on('end', () => {
        const { statusCode } = response;
        done(statusCode === 200 ? undefined : `${address} answered ${String(statusCode)}: ${text.trim()}`);
      });
    });
    request.on('error', (error) => done(`${address} does not answer: ${error.message}`));
  });
}

const address = process.argv[2] ?? `http://127.0.0.1:${process.env['KOPPEL_HTTP_PORT'] ?? '4000'}/readyz`;
const problem = await problemAt(address);
if (problem !== undefined) process.stderr.write(`${problem}\n`);
process.exitCode = problem === undefined ? 0 : 1;
