/** What an installation says while it works: one sentence and one fraction of the whole. */
import { basename } from 'node:path';
import type { Recipe } from './catalog.ts';
import type { DownloadProgress } from './pip.ts';

export interface RuntimeProgress {
  readonly phase: 'start' | 'wait' | 'download' | 'unpack' | 'build' | 'self-test' | 'done';
  readonly message: string;
  readonly fraction: number | null; // 0..1 of the whole installation; null while that cannot be told
}

export interface ProgressTeller {
  waiting(pid: number): void;
  downloading(progress: DownloadProgress): void;
  unpacking(totalBytes: number): void;
  unpacked(bytes: number): void;
  unpackingNvidia(fileName: string): void;
  linking(compiler: string): void;
  testing(): void;
  done(folder: string): void;
}

/** Where each phase ends, as measured with the CPU runtime and a download of 20 MB/s. */
const ends = { download: 0.45, unpack: 0.85, build: 0.92, test: 0.99 } as const;

export function progressTeller(recipe: Recipe, onProgress: (progress: RuntimeProgress) => void): ProgressTeller {
  const what = `TensorFlow ${recipe.version} (${recipe.variant})`;
  let totalBytes = 0;
  let doneBytes = 0;
  let lastPercent = -1;
  let lastMessage = '';
  const tell = (progress: RuntimeProgress): void => {
    if (progress.message === lastMessage) return;
    lastMessage = progress.message;
    onProgress(progress);
  };
  return {
    waiting: (pid) => tell({ phase: 'wait', message: `Another Auxlab process (${pid}) is installing a runtime; waiting for it.`, fraction: null }),
    downloading: ({ fileName, bytes, totalBytes: total }) => {
      const share = total === null || total === 0 ? null : Math.min(1, bytes / total);
      const amount = share === null ? megabytes(bytes) : `${megabytes(bytes)} of ${megabytes(total ?? 0)} (${Math.floor(share * 100)} %)`;
      const isMain = basename(fileName).startsWith(`${recipe.distribution.replaceAll('-', '_')}-`);
      tell({ phase: 'download', message: `Downloading ${fileName}: ${amount}`, fraction: share === null ? null : isMain ? share * ends.download : ends.build });
    },
    unpacking: (bytes) => {
      totalBytes = bytes;
      tell({ phase: 'unpack', message: `Unpacking ${what} and building its binding: ${megabytes(bytes)}`, fraction: ends.download });
    },
    unpacked: (bytes) => {
      doneBytes += bytes;
      const percent = Math.floor((doneBytes / Math.max(1, totalBytes)) * 100);
      if (percent === lastPercent) return;
      lastPercent = percent;
      const fraction = ends.download + (percent / 100) * (ends.unpack - ends.download);
      const message =
        percent >= 100
          ? `Unpacked ${what}; its binding is being built`
          : `Unpacking ${what} and building its binding: ${megabytes(doneBytes)} of ${megabytes(totalBytes)} (${percent} %)`;
      tell({ phase: percent >= 100 ? 'build' : 'unpack', message, fraction });
    },
    unpackingNvidia: (fileName) => tell({ phase: 'unpack', message: `Unpacking ${fileName}`, fraction: ends.build }),
    linking: (compiler) => tell({ phase: 'build', message: `Linking the binding with ${compiler}`, fraction: ends.unpack }),
    testing: () => tell({ phase: 'self-test', message: `Testing ${what}`, fraction: ends.build }),
    done: (folder) => tell({ phase: 'done', message: `${what} is installed in ${folder}`, fraction: 1 }),
  };
}

/** Bytes as people read them on package pages: millions. */
function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
