/**
 * Loaded into every process that the supervisor starts (`node --import`): when the supervisor is gone, however it went, this
 * process stops too, so that a killed supervisor leaves nothing behind that holds ports or works on.
 */
const patienceMs = 15_000;

if (process.channel !== undefined) {
  process.once('disconnect', () => {
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), patienceMs).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  process.channel?.unref();
}
