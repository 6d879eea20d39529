/** @param folder where the search starts   @returns the program, or null when the package has none for this platform */
export function bundledNode(folder: string, platform?: NodeJS.Platform, arch?: string): string | null;

/** @param version as process.versions.node has it */
export function runsTypeScript(version: string): boolean;
