/** An arm's sign and colour class, the same in window and report (a test compares them): colour is never the only difference. */
import { symbol, symbolCircle, symbolCross, symbolDiamond, symbolSquare, symbolStar, symbolTriangle, symbolWye, type SymbolType } from 'd3-shape';

const signs: readonly SymbolType[] = [symbolCircle, symbolDiamond, symbolTriangle, symbolSquare, symbolStar, symbolCross, symbolWye];
const hues = 8; // a ninth auxiliary arm starts over

/** @returns the path of the sign around 0, 0  @param area in square units of the drawing */
export function signPath(arm: number, area: number): string {
  return (
    symbol()
      .type(signs[arm % signs.length] ?? symbolCircle)
      .size(area)() ?? ''
  );
}

export function armClass(arm: number): string {
  return `arm-${arm <= 0 ? 0 : ((arm - 1) % hues) + 1}`;
}
