/** An arm's sign and colour class: colour is never the only difference. Pure. */
import { symbol, symbolCircle, symbolCross, symbolDiamond, symbolSquare, symbolStar, symbolTriangle, symbolWye, type SymbolType } from 'd3-shape';
import type { ArmNumber } from '../contract/blocks.ts';

const signs: readonly SymbolType[] = [symbolCircle, symbolDiamond, symbolTriangle, symbolSquare, symbolStar, symbolCross, symbolWye];
const hues = 8; // a ninth auxiliary arm starts over

/** @returns the path of the sign around 0, 0, without digits that no screen shows  @param area in square units of the drawing */
export function signPath(arm: ArmNumber, area: number): string {
  const type = signs[arm % signs.length] ?? symbolCircle;
  const path = symbol().type(type).size(area)() ?? '';
  return path.replace(/-?\d+\.\d+/g, (number) => String(Math.round(Number(number) * 10) / 10));
}

/** The class that gives an element its arm's colour. */
export function armClass(arm: ArmNumber): string {
  return `arm-${arm <= 0 ? 0 : ((arm - 1) % hues) + 1}`;
}
