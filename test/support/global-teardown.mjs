/** Stops what global-setup.mjs has started. */
export default async function teardown() {
  await globalThis.koppelCloseTestWorld?.();
}
