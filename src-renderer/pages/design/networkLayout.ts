/** Where the parts of a network stand in its drawing: the trunk from top to bottom, heads as branches on the right. Pure; NetworkGraph.svelte draws it. */
import type { NetworkPicture } from '../../../src-main/contract/calls.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface StageBox extends Box {
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  readonly depth: string | null; // a head may be attached behind it
}

export interface HeadBox extends Box {
  readonly id: string;
  readonly depth: string;
  readonly path: string; // from the trunk to the head
}

export interface NetworkLayout {
  readonly width: number;
  readonly height: number;
  readonly stages: readonly StageBox[];
  readonly links: readonly string[]; // between stages
  readonly heads: readonly HeadBox[];
  readonly places: readonly { readonly depth: string; readonly y: number }[]; // where heads can be put, first to last
}

const [stageHeight, gap, headHeight, headGap] = [44, 20, 40, 8];

/** @param titleOf 'conv 3x3' and '28 × 28 × 16' of a stage */
export function networkLayout(
  picture: NetworkPicture,
  width: number,
  titles: { readonly input: string; readonly shape: (shape: readonly number[]) => string },
): NetworkLayout {
  const trunkWidth = Math.max(126, Math.min(230, width * 0.43));
  const headX = trunkWidth + 46;
  const headWidth = Math.max(112, width - headX - 4);
  const stages: StageBox[] = [];
  const places: { depth: string; y: number }[] = [];
  const heads: HeadBox[] = [];
  const branch = (from: number, to: number): string => branchPath(trunkWidth + 4, from, headX, to);
  let y = 4;
  let lastHeadEnd = 0;
  const put = (key: string, title: string, detail: string, depth: string | null, depths: readonly string[]): void => {
    const here = depths.flatMap((place) => picture.heads.filter((head) => head.depth === place));
    const box = { key, x: 4, y, width: trunkWidth, height: stageHeight, title, detail, depth };
    stages.push(box);
    const middle = y + stageHeight / 2;
    for (const place of depths) places.push({ depth: place, y: middle });
    let headY = Math.max(lastHeadEnd, y + (stageHeight - headHeight) / 2);
    for (const head of here) {
      heads.push({
        id: head.id,
        depth: head.depth,
        x: headX,
        y: headY,
        width: headWidth,
        height: headHeight,
        path: branch(middle, headY + headHeight / 2),
      });
      headY += headHeight + headGap;
    }
    lastHeadEnd = headY;
    y += stageHeight + gap;
    // heads of this stage must not reach past the next one by much: the trunk grows with them
    y = Math.max(y, here.length > 1 ? headY - headGap - headHeight + gap : y);
  };
  put('input', titles.input, titles.shape(picture.inputShape), null, []);
  picture.stages.forEach(({ depth, layer }, i) => {
    const isLast = i === picture.stages.length - 1;
    put(layer.path, layer.name === layer.kind ? layer.kind : `${layer.name} · ${layer.kind}`, titles.shape(layer.outputShape), depth, [
      ...(depth === null ? [] : [depth]),
      ...(isLast ? ['end'] : []),
    ]);
  });
  // in the order in which they were given: a head that moves keeps its place in the document, and with it the focus
  const ordered = picture.heads.flatMap(({ id }) => heads.filter((head) => head.id === id));
  const links = stages.slice(1).map((stage, i) => {
    const above = stages[i];
    const x = 4 + trunkWidth / 2;
    return `M${x},${(above?.y ?? 0) + stageHeight}L${x},${stage.y}`;
  });
  return { width, height: Math.max(y - gap, lastHeadEnd - headGap) + 6, stages, links, heads: ordered, places };
}

function branchPath(x: number, y: number, toX: number, toY: number): string {
  const bend = (x + toX) / 2;
  return `M${x},${y}C${bend + 8},${y} ${bend - 8},${toY} ${toX},${toY}`;
}

/** The branch of a head that is being dragged: from the place where it would be put.  @param y the middle of the head */
export function draggedBranch(layout: NetworkLayout, head: HeadBox, y: number): string {
  const stage = layout.stages[0];
  const depth = nearestDepth(layout, y);
  const from = layout.places.find((place) => place.depth === depth)?.y ?? y;
  return branchPath((stage?.x ?? 0) + (stage?.width ?? 0), from, head.x, y);
}

/** The place for a head that is nearest to a height of the drawing. */
export function nearestDepth(layout: NetworkLayout, y: number): string | null {
  let best: { depth: string; y: number } | null = null;
  for (const place of layout.places) if (best === null || Math.abs(place.y - y) < Math.abs(best.y - y)) best = place;
  return best?.depth ?? null;
}

/** The next place towards the input (-1) or the end (+1); the same one at either end. */
export function neighbourDepth(depths: readonly string[], depth: string, step: number): string {
  const all = [...depths.filter((place) => place !== 'end'), 'end'];
  return all[Math.min(all.length - 1, Math.max(0, all.indexOf(depth) + step))] ?? depth;
}
