/** The lab's own process under a window: answers calls and tells changes over the channel of its parent. When the parent is gone, what trains is paused
 *  with checkpoints and the process ends. Wiring only. */
import * as v from 'valibot';
import { ToLab } from '../contract/wire.ts';
import { auxlabHome } from '../runtime/home.ts';
import { standDesk } from './desk/standingDesk.ts';
import { programVersion } from './record/provenance.ts';

const home = auxlabHome(process.env, process.platform);
const tell = (message: unknown): void => void process.send?.(message, () => undefined); // a parent that is gone ends this process below

const desk = standDesk(
  {
    home,
    about: { version: programVersion(), home, host: 'desktop', platform: process.platform, node: process.version },
    onNote: (text) => void process.stderr.write(`${text}\n`),
  },
  (event) => tell({ event }),
);

process.on('message', (message) => {
  const { id, call } = v.parse(ToLab, message); // the parent is this program: anything else is a bug and ends the process
  void desk.answer(call).then((reply) => tell({ id, reply }));
});

process.on('disconnect', () => void desk.close().finally(() => process.exit()));
process.on('SIGTERM', () => void desk.close().finally(() => process.exit()));
process.on('SIGINT', () => undefined); // a terminal's Ctrl+C reaches the parent too, which decides
