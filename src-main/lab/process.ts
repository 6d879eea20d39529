/** The lab's own process under a window: answers calls and tells changes over the channel of its parent. Wiring only. */
import * as v from 'valibot';
import { ToLab, type FromLab } from '../contract/wire.ts';
import { auxlabHome } from '../runtime/home.ts';
import { answerCalls } from './answers.ts';
import { createLab } from './lab.ts';
import { openLab } from './openLab.ts';
import { programVersion } from './provenance.ts';

const lookEveryMs = 500;
const home = auxlabHome(process.env, process.platform);
const note = (text: string): void => void process.stderr.write(`${text}\n`);
const tell = (message: FromLab): void => void process.send?.(message, () => undefined); // a parent that is gone ends this process below

const open = openLab(
  () => createLab({ home, onNote: note }),
  (error) => note(`The store could not be read: ${error instanceof Error ? error.message : String(error)}`),
);
const answer = answerCalls({
  about: { version: programVersion(), home, host: 'desktop', platform: process.platform, node: process.version },
  lab: () => open.get(),
});

process.on('message', (message) => {
  const { id, call } = v.parse(ToLab, message); // the parent is this program: anything else is a bug and ends the process
  void answer(call).then((reply) => tell({ id, reply }));
});

const timer = setInterval(() => {
  const ids = open.look(performance.now());
  if (ids === null || ids.length > 0) tell({ event: { name: 'experiments.changed', ids: [...(ids ?? [])] } });
}, lookEveryMs);

process.on('disconnect', () => {
  clearInterval(timer);
  open.close();
});
