/** Reference vectors: what this version computes for methods or statistics, held against numbers from elsewhere. */
import { LabError } from '../../contract/errors.ts';
import { methods } from '../../methods/index.ts';
import { methodVectorsFormat } from '../../methods/vectorDocument.ts';
import { verifyMethods } from '../../methods/verify.ts';
import { statisticsVectorsFormat, verifyStatistics } from '../../stats/verify.ts';

export interface VectorCheck {
  readonly id: string;
  readonly ok: boolean;
  readonly skipped: boolean;
  readonly detail: string;
}

/** Method vectors and statistics vectors; the document itself says which it holds.
 *  @param name of the file, for the refusal
 *  @throws LabError bad-input for a document of another format, or one whose form is broken */
export function verifyVectors(document: unknown, name: string): readonly VectorCheck[] {
  const format = typeof document === 'object' && document !== null && 'format' in document ? document.format : undefined;
  switch (format) {
    case statisticsVectorsFormat:
      return verifyStatistics(document).map((check) => ({ ...check, skipped: false }));
    case methodVectorsFormat:
      return verifyMethods(document, methods);
    default:
      throw new LabError(
        'bad-input',
        `${name} is no file of reference vectors: "format" must be "${methodVectorsFormat}" or ` +
          `"${statisticsVectorsFormat}". Received: ${JSON.stringify(format) ?? 'nothing'}.`,
      );
  }
}
