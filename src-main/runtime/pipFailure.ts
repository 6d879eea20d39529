/** Why pip could not download, in words for people. Pure. */

/** The first that fits: where the index was never reached, pip says at the end that it has no such wheel. */
const causes: readonly { readonly sign: RegExp; readonly words: string; readonly isMissing?: true }[] = [
  { sign: /ProxyError|connect to proxy|Tunnel connection failed/i, words: 'the proxy that is set does not let it through' },
  { sign: /CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError/, words: "the certificate of pip's index is not trusted here" },
  {
    sign: /NewConnectionError|NameResolutionError|timed out|Connection (refused|reset|aborted)|Network is unreachable/i,
    words: "pip's index cannot be reached",
  },
  { sign: /No space left on device|\[Errno 28\]/i, words: 'the disk is full' },
  { sign: /No matching distribution|Could not find a version/, words: "pip's index has no wheel of it for this computer", isMissing: true },
];
const overcome = /Retrying \(Retry\(total=[1-9]/; // it tried again after this one; with 0 left it gave up

/** @param output what pip wrote to standard error
 *  @returns the reason, without a full stop; `isMissing`: the index was reached and has no such wheel */
export function pipFailure(output: string): { readonly words: string; readonly isMissing: boolean } {
  const lines = output
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !overcome.test(line));
  const known = causes.find(({ sign }) => lines.some((line) => sign.test(line)));
  if (known !== undefined) return { words: known.words, isMissing: known.isMissing === true };
  const last = lines.findLast((line) => line.startsWith('ERROR:')) ?? lines.at(-1) ?? 'pip gave no reason';
  return { words: last.replace(/^ERROR:\s*/, '').replace(/\.$/, ''), isMissing: false };
}
