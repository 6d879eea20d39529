/** The weighting methods, in the order in which a person should see them: the plain sum, what serves one main task, then the symmetric methods of the
 *  literature. A new method is one file and one line here. */
import { unknownName } from '../contract/errors.ts';
import { alignedMtl } from './alignedMtl.ts';
import { arml } from './arml.ts';
import { autoLambda } from './autoLambda.ts';
import { cagrad } from './cagrad.ts';
import { config } from './config.ts';
import { dualproj } from './dualproj.ts';
import { dwa } from './dwa.ts';
import { famo } from './famo.ts';
import { fixed } from './fixed.ts';
import { forkmerge } from './forkmerge.ts';
import { gls } from './gls.ts';
import { gradientCosine } from './gradientCosine.ts';
import { gradnorm } from './gradnorm.ts';
import { gradvac } from './gradvac.ts';
import { imtlG } from './imtlG.ts';
import { imtlL } from './imtlL.ts';
import { metabalance } from './metabalance.ts';
import type { Method } from './method.ts';
import { mgda } from './mgda.ts';
import { nashMtl } from './nashMtl.ts';
import { olAux } from './olAux.ts';
import { pcgrad } from './pcgrad.ts';
import { primaryPcgrad } from './primaryPcgrad.ts';
import { rlw } from './rlw.ts';
import { slaw } from './slaw.ts';
import { stch } from './stch.ts';
import { uncertainty } from './uncertainty.ts';
import { upgrad } from './upgrad.ts';

export const methods: readonly Method[] = [
  fixed,
  primaryPcgrad,
  gradientCosine,
  metabalance,
  olAux,
  arml,
  autoLambda,
  forkmerge,
  uncertainty,
  dwa,
  gradnorm,
  rlw,
  upgrad,
  dualproj,
  pcgrad,
  gradvac,
  cagrad,
  mgda,
  nashMtl,
  imtlG,
  imtlL,
  alignedMtl,
  config,
  famo,
  slaw,
  gls,
  stch,
];

/** Whether a method keeps rows of the validation split for itself. */
export function needsHeldOutRows({ needs }: Method): boolean {
  return needs === 'look-ahead' || needs === 'branches';
}

/** The method of that id.  @throws LabError bad-input with the nearest names */
export function method(id: string): Method {
  const found = methods.find((candidate) => candidate.id === id);
  if (found === undefined)
    throw unknownName(
      'method',
      id,
      methods.map((candidate) => candidate.id),
    );
  return found;
}
