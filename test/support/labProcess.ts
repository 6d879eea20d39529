/** A process that runs an experiment in a lab until it is killed; no run gets to its end. Arguments: home, data file. Says how far it is. */
import { flowersPlan, holdRuns, openFakeLab } from './labHome.ts';

const [home = '', source = ''] = process.argv.slice(2);
const lab = openFakeLab(home, '', { held: holdRuns(home) });
await lab.runPlan(flowersPlan(source), { onProgress: (picture) => process.send?.(Math.max(0, ...picture.runs.map(({ step }) => step))) });
lab.close();
process.disconnect();
