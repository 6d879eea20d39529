/** A terminal that keeps what is written, for tests of what people see. */
import type { Terminal } from '../../src-main/cli/output/terminal.ts';

export interface KeptTerminal extends Terminal {
  readonly questions: string[];
  readonly printed: string[];
  readonly remarks: string[];
  readonly statuses: (readonly string[])[];
}

interface Given {
  readonly isLive?: boolean;
  readonly columns?: number;
  readonly answer?: boolean; // what the person says to every question; left out: there is nobody to ask
}

export function keptTerminal({ isLive = false, columns = 100, answer }: Given = {}): KeptTerminal {
  const questions: string[] = [];
  const printed: string[] = [];
  const remarks: string[] = [];
  const statuses: (readonly string[])[] = [];
  return {
    questions,
    printed,
    remarks,
    statuses,
    ask:
      answer === undefined
        ? null
        : async (question) => {
            questions.push(question);
            return answer;
          },
    print: (text) => void printed.push(text),
    remark: (text) => void remarks.push(text),
    status: (lines) => void statuses.push(lines),
    colour: false,
    isLive,
    columns,
  };
}
