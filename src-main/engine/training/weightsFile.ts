/** Keeps the weights with which a run is deployed: those of the selected epoch without the auxiliary heads. */
import { packWeights, type WeightArray } from '../../formats/archives/weightsArchive.ts';
import { isDeployed, type Model } from '../program/model.ts';
import type { State } from '../stepEngine.ts';
import { writeWhole } from '../wholeFile.ts';

/** What is left of a network when the auxiliary heads are dropped. */
export function deployedWeights(model: Pick<Model, 'parameters'>, values: State): WeightArray[] {
  return model.parameters
    .filter(({ path }) => isDeployed(path))
    .map(({ path, shape }) => {
      const found = values.get(path);
      if (found === undefined) throw new Error(`The engine holds no values of ${path}.`);
      return { name: path, shape, values: found };
    });
}

/** @throws LabError store when the disk is full or the folder cannot be written */
export function writeWeights(file: string, arrays: readonly WeightArray[]): void {
  writeWhole(file, [packWeights(arrays)], 'weights');
}
