import { expect, test } from 'vitest';
import { pipFailure } from '../../src-main/runtime/pipFailure.ts';

/** The frame and the proxy's trouble as pip 23.0.1 printed them; the other troubles by the names that urllib3 and OpenSSL give them. */
const missing =
  'ERROR: Could not find a version that satisfies the requirement tensorflow-cpu==2.21.0 (from versions: ' +
  'none)\nERROR: No matching distribution found for tensorflow-cpu==2.21.0\n';
const retrying = (left: number, why: string): string =>
  `WARNING: Retrying (Retry(total=${left}, connect=None, read=None, redirect=None, ` +
  `status=None)) after connection broken by '${why}': /simple/tensorflow-cpu/\n`;
const allRetries = (why: string): string => [4, 3, 2, 1, 0].map((left) => retrying(left, why)).join('') + missing;

test.each([
  [
    allRetries(
      "ProxyError('Cannot connect to proxy.', NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f950be2f1d0>: " +
        "Failed to establish a new connection: [Errno 111] Connection refused'))",
    ),
    'the proxy that is set does not let it through',
    false,
  ],
  [
    allRetries("NewConnectionError('<object>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')"),
    "pip's index cannot be reached",
    false,
  ],
  [
    allRetries('ReadTimeoutError("HTTPSConnectionPool(host=\'index.invalid\', port=443): Read timed out. (read timeout=15)")'),
    "pip's index cannot be reached",
    false,
  ],
  [
    allRetries("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate'))"),
    "the certificate of pip's index is not trusted here",
    false,
  ],
  ['ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n', 'the disk is full', false],
  [missing, "pip's index has no wheel of it for this computer", true],
  [retrying(4, 'ReadTimeoutError("Read timed out.")') + missing, "pip's index has no wheel of it for this computer", true], // the second attempt got through
  ['WARNING: something\nERROR: Hashes are required in --require-hashes mode.\n', 'Hashes are required in --require-hashes mode', false],
  ['a last word\n\n', 'a last word', false],
  ['', 'pip gave no reason', false],
])("%#: pip's own words come to a reason", (output, words, isMissing) => {
  expect(pipFailure(output)).toEqual({ words, isMissing });
});
