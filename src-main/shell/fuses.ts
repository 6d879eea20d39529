/** Switches that are burnt into a release's Electron binary, and how they read there. The build of a release sets them; a test reads them back. */

/** In the order of the wire, as electron/fuses' FuseV1Options has them. */
export const fuses = [
  { name: 'RunAsNode', wanted: false },
  { name: 'EnableCookieEncryption', wanted: true },
  { name: 'EnableNodeOptionsEnvironmentVariable', wanted: false },
  { name: 'EnableNodeCliInspectArguments', wanted: false },
  { name: 'EnableEmbeddedAsarIntegrityValidation', wanted: true },
  { name: 'OnlyLoadAppFromAsar', wanted: true },
  { name: 'LoadBrowserProcessSpecificV8Snapshot', wanted: false },
  { name: 'GrantFileProtocolExtraPrivileges', wanted: false },
] as const;

/** What stands before the wire in every Electron binary. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** @param binary the bytes of an Electron executable
 *  @returns the state of each fuse by name; null when the binary has no fuse wire. A fuse that this Electron does not have is left out */
export function readFuses(binary: Buffer): Readonly<Record<string, boolean>> | null {
  const at = binary.indexOf(sentinel);
  if (at < 0) return null;
  const length = binary[at + sentinel.length + 1] ?? 0; // after the wire's version
  const states = fuses.slice(0, length).flatMap(({ name }, i) => {
    const sign = String.fromCharCode(binary[at + sentinel.length + 2 + i] ?? 0); // '1' on, '0' off, 'r' removed
    return sign === '1' || sign === '0' ? [[name, sign === '1'] as const] : [];
  });
  return Object.fromEntries(states);
}

/** The fuses of a release binary that are not as they should be. */
export function wrongFuses(states: Readonly<Record<string, boolean>>): string[] {
  return fuses
    .filter(({ name, wanted }) => states[name] !== undefined && states[name] !== wanted)
    .map(({ name, wanted }) => `${name} must be ${wanted ? 'on' : 'off'}.`);
}
