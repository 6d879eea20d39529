/** `auxlab serve`: the whole interface in a browser of this computer, for machines without a screen too. */
import { fileURLToPath } from 'node:url';
import { optionalNumber } from '../arguments/values.ts';
import { defineCommand, exitCode } from '../command.ts';

const packageFolder = fileURLToPath(new URL('../../..', import.meta.url));

export const serve = defineCommand({
  name: 'serve',
  usage: '[--port N] [--host ADDRESS]',
  help: 'Serve the interface to a browser on this computer and print its address; Ctrl+C pauses what trains and ends.',
  positionals: [0, 0],
  options: {
    port: { kind: 'text', value: 'N', help: 'The port. Default: 8421, or a free one when that is taken.' },
    host: { kind: 'text', value: 'ADDRESS', help: 'An address of this computer only: 127.0.0.1 or ::1. Default: 127.0.0.1.' },
  },
  examples: ['auxlab serve', 'ssh -L 8421:127.0.0.1:8421 HOST auxlab serve --port 8421'],
  run: async ({ options }, context) => {
    const { ensureBuilt, pageFolder } = await import('../../serve/builtPage.ts');
    const { serveLab } = await import('../../serve/serveLab.ts');
    const port = optionalNumber('port', options.port, { min: 1, max: 65_535, integer: true });
    await ensureBuilt(packageFolder, context.terminal.remark);
    const lab = await serveLab({
      home: context.home,
      page: pageFolder(packageFolder),
      port,
      ...(options.host === undefined ? {} : { host: options.host }),
      desk: { environment: context.env, onNote: context.terminal.remark },
    });
    context.terminal.print(lab.address);
    context.terminal.remark('Open this address in a browser on this computer. Whoever has it can use the lab. Ctrl+C ends it.');
    await new Promise<void>((resolve) => {
      if (context.signal.aborted) resolve();
      context.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await lab.close();
    return exitCode.ok;
  },
});
