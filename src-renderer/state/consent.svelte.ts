/** What an imported experiment needs before it trains or its data are opened here: the person names the data, or agrees to those that the file names. */
import type { CallInput } from '../../src-main/contract/calls.ts';

export type Agreed = Pick<CallInput<'experiments.resume'>, 'data' | 'isConfirmed'>;

interface Asked {
  readonly name: string; // of the experiment
  readonly source: string; // the files of the data that it names, one a line
  readonly answer: (agreed: Agreed | null) => void;
}

interface Experiment {
  readonly name: string;
  readonly imported: string | null;
  readonly plan: { readonly data: { readonly source: string; readonly parts?: Readonly<Partial<Record<string, string | undefined>>> | undefined } };
}

export class Consent {
  asked = $state.raw<Asked | null>(null);

  /** Agrees by itself to what was made here; a question that is asked takes the place of an earlier one.  @returns null for a no */
  ask = (experiment: Experiment): Promise<Agreed | null> => {
    this.answer(null);
    if (experiment.imported === null) return Promise.resolve({});
    const { source, parts = {} } = experiment.plan.data;
    const named = [source, ...Object.values(parts).filter((path) => path !== undefined)].join('\n');
    return new Promise((answer) => (this.asked = { name: experiment.name, source: named, answer }));
  };

  answer = (agreed: Agreed | null): void => {
    const { asked } = this;
    this.asked = null;
    asked?.answer(agreed);
  };
}
