/** Lines of a sequence's features in one small drawing, on one scale. Pure. */

/** @param lines a line a feature; null where a value is missing */
export function sparkPaths(lines: readonly (readonly (number | null)[])[], width: number, height: number): readonly string[] {
  const values = lines.flat().filter((value) => value !== null);
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const span = values.reduce((most, value) => Math.max(most, value), -Infinity) - low || 1;
  return lines.map((line) => {
    let path = '';
    let isDown = false; // the pen is up where a value is missing
    line.forEach((value, i) => {
      if (value === null) {
        isDown = false;
        return;
      }
      const x = (i / Math.max(1, line.length - 1)) * (width - 2) + 1;
      path += `${isDown ? 'L' : 'M'}${x.toFixed(1)},${(height - 2 - ((value - low) / span) * (height - 4)).toFixed(1)}`;
      isDown = true;
    });
    return path;
  });
}
