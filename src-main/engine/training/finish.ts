/** The end of a run: back to the selected epoch, and the test split is read, the only time in a run. */
import type { EngineInfo, RunResult } from '../../contract/results.ts';
import { evaluate, evaluateClasses } from './evaluate.ts';
import { isDeployed } from '../program/model.ts';
import type { RunSetup } from './runSetup.ts';
import type { State } from '../stepEngine.ts';
import { weightsHash, type TrainingState } from './trainingState.ts';
import { deployedWeights, writeWeights } from './weightsFile.ts';

/** @param selected values of the selected epoch; null where no epoch has ended     @param measured the engine, and how long its steps took */
export async function finish(
  setup: RunSetup,
  state: TrainingState,
  selected: State | null,
  measured: { readonly engine: EngineInfo; readonly stepMs: number },
): Promise<RunResult> {
  const { job, engine, model, tasks, inputs, split, batches, evaluationBatch } = setup;
  const last = await engine.read();
  const paths = model.parameters.map((spec) => spec.path);
  if (selected !== null) await engine.write(selected);
  if (job.weightsFile !== undefined) writeWeights(job.weightsFile, deployedWeights(model, selected ?? last));
  const test = await evaluateClasses(engine, tasks, inputs, split.test, evaluationBatch);
  const epochs = Math.ceil(state.step / batches.stepsPerEpoch);
  return {
    epochs,
    steps: state.step,
    selectedEpoch: state.best?.epoch ?? Math.max(0, epochs - 1),
    stoppedEarly: state.isOver,
    wallMs: Math.round(state.wallMs),
    stepMs: measured.stepMs,
    peakMemoryMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    parameters: model.parameterCount,
    train: await evaluate(engine, tasks, inputs, setup.trainSample, evaluationBatch),
    validation: state.best?.validation ?? {},
    test: test.metrics,
    classRecall: test.classRecall,
    finalWeightsSha256: weightsHash(last, paths),
    mainWeightsSha256: weightsHash(last, paths.filter(isDeployed)),
    engine: measured.engine,
  };
}
