/** What the sandboxes throw when they are started or steered wrongly. */

/** Thrown by `mutate`, `switches` and the admin routes for what the caller asked wrongly: becomes a 400 with its text. */
export class SandboxUsageError extends Error {
  override readonly name = 'SandboxUsageError';
}
