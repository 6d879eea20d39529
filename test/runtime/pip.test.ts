import { writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recipeFor } from '../../src-main/runtime/catalog.ts';
import { announcedFile, downloadWheel, findPython } from '../../src-main/runtime/pip.ts';
import { linux, temporaryFolder, writeScript } from './support.ts';

const recipe = recipeFor('cpu', linux);

/** A Python whose pip writes down its arguments and does what `download` says with $target. */
async function fakePython(version: string, pip: string, download: string): Promise<{ env: NodeJS.ProcessEnv; folder: string; calls: () => Promise<string[]> }> {
  const folder = await temporaryFolder();
  const bin = join(folder, 'bin');
  await mkdir(bin);
  const log = join(folder, 'calls');
  const body = `if [ "$1" = -c ]; then echo ${version} cpython ${pip}; exit 0; fi
echo "$@" >> ${log}
while [ $# -gt 0 ]; do if [ "$1" = -d ]; then target="$2"; fi; shift; done
${download}`;
  await writeScript(bin, 'python3', body);
  return { env: { PATH: `${bin}:/usr/bin:/bin` }, folder: join(folder, 'downloads'), calls: async () => (await readFile(log, 'utf8')).trim().split('\n') };
}

async function download(python: Awaited<ReturnType<typeof fakePython>>, onProgress: (text: string) => void = () => undefined): Promise<string> {
  const found = await findPython(linux, python.env);
  await mkdir(python.folder, { recursive: true });
  return downloadWheel({
    python: found,
    requirement: 'tensorflow-cpu==2.21.0',
    recipe,
    folder: python.folder,
    env: python.env,
    onProgress: ({ fileName, bytes, totalBytes }) => onProgress(`${fileName} ${bytes} of ${totalBytes}`),
  });
}

test("the user's own pip is asked for the user's own Python, and the finished wheel lies alone in the folder", async () => {
  const told = join(await temporaryFolder(), 'told'); // the download ends once its progress was told
  const python = await fakePython(
    '3.12',
    '23.2.1',
    `echo "  Downloading a.whl (5 bytes)"; printf hello > "$target/a.whl"; printf hel > "$TMPDIR/a.whl"; while [ ! -e ${told} ]; do sleep 0.05; done`,
  );
  const progress: string[] = [];
  const tell = (text: string): void => {
    progress.push(text);
    writeFileSync(told, '');
  };
  expect(await download(python, tell)).toBe(join(python.folder, 'a.whl'));
  expect(await readdir(python.folder)).toEqual(['a.whl']);
  expect(progress[0]).toBe('a.whl 5 of 5');
  const [call = ''] = await python.calls();
  expect(call).toMatch(/^-m pip download --no-deps --only-binary=:all: --no-cache-dir --progress-bar off -d \S+ tensorflow-cpu==2.21.0$/);
});

test('a Python without a wheel of its own gets the one for 3.12, and a new pip goes on with broken downloads', async () => {
  const python = await fakePython('3.9', '25.1', 'printf x > "$target/a.whl"');
  await download(python);
  const [call = ''] = await python.calls();
  expect(call).toContain('--resume-retries 10 --python-version 3.12 --implementation cp --abi cp312 --platform manylinux_2_27_x86_64');
});

test('when the index has no wheel for this Python, the one for 3.12 is tried', async () => {
  const python = await fakePython(
    '3.13',
    '24.2',
    'case "$(tail -1 "$0.log" 2>/dev/null)" in asked) printf x > "$target/a.whl";; ' +
      '*) echo asked > "$0.log"; echo "ERROR: No matching distribution found for x" >&2; exit 1;; esac',
  );
  await download(python);
  const calls = await python.calls();
  expect(calls.map((call) => call.includes('--python-version'))).toEqual([false, true]);
});

test('a failed download is told with its reason and the way around it, and leaves nothing', async () => {
  const python = await fakePython('3.12', '24.2', 'printf ab > "$TMPDIR/a.whl"; echo "ERROR: Could not connect to proxy" >&2; exit 1');
  await expect(download(python)).rejects.toThrow(
    'tensorflow-cpu==2.21.0 could not be downloaded with python3 -m pip (24.2): the proxy that is set does not let it through. ' +
      "Check the network and pip's settings (python3 -m pip config list), or give a wheel file: npx auxlab runtime install cpu --from FILE",
  );
  expect(await readdir(python.folder)).toEqual([]);
});

test('missing Python and missing pip are told with what to install', async () => {
  const empty = await temporaryFolder();
  await expect(findPython(linux, { PATH: empty })).rejects.toThrow(
    'Python 3 with pip was not found; the TensorFlow runtime is downloaded with it. Debian and Ubuntu: sudo apt-get install python3 python3-pip. ' +
      'Fedora: sudo dnf install python3 python3-pip. Or give a wheel file from another machine: npx auxlab runtime install cpu --from FILE',
  );
  await writeScript(empty, 'python3', 'echo "ModuleNotFoundError: No module named \'pip\'" >&2; exit 1');
  await expect(findPython({ platform: 'darwin', arch: 'arm64' }, { PATH: `${empty}:/nowhere` })).rejects.toThrow(
    'python3 has no pip; the TensorFlow runtime is downloaded with it. macOS: xcode-select --install.',
  );
});

test("the size of a file is read from pip's words, old and new", () => {
  expect(announcedFile('Collecting x\n  Downloading tensorflow_cpu-2.21.0-cp312.whl (273.8 MB)\n')).toEqual({
    fileName: 'tensorflow_cpu-2.21.0-cp312.whl',
    totalBytes: 273_800_000,
  });
  expect(announcedFile('  Downloading https://example.org/w/a.whl (9.5 kB)')).toEqual({ fileName: 'a.whl', totalBytes: 9500 });
  expect(announcedFile('Processing ./wheels/a.whl')).toEqual({ fileName: 'a.whl', totalBytes: null });
  expect(announcedFile('Collecting x')).toBeNull();
});
