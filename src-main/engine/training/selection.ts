/** Which epoch a run keeps and when it stops early. Selection, gates and early stopping go by the main task's validation metric alone. */
import type { MetricId, TaskMetrics } from '../../contract/results.ts';
import { isHigherBetter } from '../../contract/results.ts';
import type { RunJob } from '../protocol.ts';
import type { RunSetup } from './runSetup.ts';
import { moveGate } from './schedules.ts';
import type { State } from '../stepEngine.ts';
import type { TrainingState } from './trainingState.ts';

const worst = -Number.MAX_VALUE; // finite, because JSON has no infinity

/** The main task's own metric. */
export function mainMetric({ tasks: [main] }: Pick<RunJob, 'tasks'>, metrics: TaskMetrics): number | undefined {
  return main === undefined ? undefined : metrics[main.id]?.[main.metric];
}

/** The same so that larger is better; worse than any number where there is none. */
export function mainScore(job: Pick<RunJob, 'tasks'>, metrics: TaskMetrics): number {
  const [main] = job.tasks;
  return main === undefined ? worst : signed(main.metric, mainMetric(job, metrics));
}

function signed(metric: MetricId, value: number | undefined): number {
  if (value === undefined || Number.isNaN(value)) return worst;
  return isHigherBetter(metric) ? value : -value;
}

export class Selection {
  readonly #setup: RunSetup;
  readonly #state: TrainingState;
  #values: State | null;

  /** @param values of the epoch that is selected so far, of a checkpoint */
  constructor(setup: RunSetup, state: TrainingState, values: State | null) {
    this.#setup = setup;
    this.#state = state;
    this.#values = values;
  }

  /** The parameters at the end of the selected epoch; null before the first epoch has ended. */
  get values(): State | null {
    return this.#values;
  }

  /** Moves the gates of schedules, keeps the engine's values where the epoch is the best so far, and stops the run where it is time. */
  async endEpoch(epoch: number, validation: TaskMetrics): Promise<void> {
    const { job, engine, model } = this.#setup;
    const state = this.#state;
    const metric = mainScore(job, validation);
    if (metric > worst) state.gates = state.gates.map((gate, k) => moveGate(job.tasks[k]?.schedule ?? { id: 'constant' }, gate, metric));
    if (state.best === null || metric > state.best.metric) {
      state.best = { epoch, metric, validation };
      const values = await engine.read();
      this.#values = new Map(model.parameters.map((spec) => [spec.path, values.get(spec.path) ?? new Float32Array(0)]));
    }
    const stopping = job.training.earlyStopping;
    if (stopping === undefined) return;
    const isGain = state.stoppingMetric === null || metric > state.stoppingMetric + stopping.minDelta;
    if (isGain) state.stoppingMetric = metric;
    state.epochsWithoutGain = isGain ? 0 : state.epochsWithoutGain + 1;
    state.isOver = state.epochsWithoutGain >= stopping.patience;
  }
}
