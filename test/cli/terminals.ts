/** A terminal that keeps what is written, for tests of what people see. */
import type { Terminal } from '../../src-main/cli/output/terminal.ts';

export interface KeptTerminal extends Terminal {
  readonly printed: string[];
  readonly remarks: string[];
  readonly statuses: (readonly string[])[];
}

export function keptTerminal({ isLive = false, columns = 100 }: { readonly isLive?: boolean; readonly columns?: number } = {}): KeptTerminal {
  const printed: string[] = [];
  const remarks: string[] = [];
  const statuses: (readonly string[])[] = [];
  return {
    printed,
    remarks,
    statuses,
    print: (text) => void printed.push(text),
    remark: (text) => void remarks.push(text),
    status: (lines) => void statuses.push(lines),
    colour: false,
    isLive,
    columns,
  };
}
