/** What is said before a training without TensorFlow. */

/** Matches it whatever time a machine takes that does ten things at once: it may need minutes, or end no step in the ten seconds of the trial.
 *  @param runs '2 runs'     @param device 'CPU (WebAssembly)' */
export function forecastSentence(runs: string, device: string): RegExp {
  const time = '[\\d.]+ (s|min|h)';
  const timed = `(about|at most about) ${time}: ${runs} on the ${device.replace(/[()]/g, '\\$&')}; a few steps were timed and thrown away`;
  const untimed = `more than ${time}: ${runs}( on the .+)?; in ten seconds of trying not one step came to its end`;
  return new RegExp(`^Training takes (${timed}|${untimed})\\.$`);
}
