/** All commands, in the order of the help. */
import type { Command } from './command.ts';
import { compare } from './commands/compare.ts';
import { dataInspect } from './commands/dataInspect.ts';
import { doctor } from './commands/doctor.ts';
import { example } from './commands/example.ts';
import { exportCommand } from './commands/export.ts';
import { importBundle } from './commands/importBundle.ts';
import { list } from './commands/list.ts';
import { methods } from './commands/methods.ts';
import { networks } from './commands/networks.ts';
import { planCheck, planSchema } from './commands/plan.ts';
import { query } from './commands/query.ts';
import { report } from './commands/report.ts';
import { resume } from './commands/resume.ts';
import { run } from './commands/run.ts';
import { runtimeCheck, runtimeInstall, runtimeList, runtimeRemove } from './commands/runtime.ts';
import { samples } from './commands/samples.ts';
import { serve } from './commands/serve.ts';
import { show } from './commands/show.ts';
import { verify } from './commands/verify.ts';
import { vocabulary } from './commands/vocabulary.ts';

export const commands: readonly Command[] = [
  example,
  compare,
  run,
  resume,
  list,
  show,
  report,
  exportCommand,
  importBundle,
  dataInspect,
  samples,
  methods,
  networks,
  vocabulary,
  planCheck,
  planSchema,
  verify,
  query,
  serve,
  doctor,
  runtimeList,
  runtimeInstall,
  runtimeCheck,
  runtimeRemove,
];
