/** A process that runs an experiment in a lab until it is killed. Arguments: home, data file. Says when steps were committed. */
import { flowersPlan, openFakeLab } from './labHome.ts';

const [home = '', source = ''] = process.argv.slice(2);
const lab = openFakeLab(home, '', { stepMs: 10 });
await lab.runPlan(flowersPlan(source), { onProgress: (picture) => process.send?.(Math.max(0, ...picture.runs.map(({ step }) => step))) });
lab.close();
process.disconnect();
