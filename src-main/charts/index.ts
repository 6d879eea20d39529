/** What the window and the report draw alike: where everything stands in a drawing, what a band holds, which points are left out, how a number is written.
 *
 *  axis fitted numbers armSign tables   what every chart is made of, and the table behind it
 *  lines/                               from runs to lines (meanLine says when a band is drawn), and from lines to paths
 *  kinds/                               each other kind of chart in a file: its geometry, and its table where it has one
 *
 *  Everything is pure: data and a width in, numbers and paths in the drawing's own units out. No markup, colour, event, file or clock; report/charts
 *  writes SVG from it, src-renderer/charts components. What only one of the two knows stays there. Others import this file alone (a test holds that), so
 *  the files behind it may be changed, split and renamed. d3-scale and d3-shape are used here and nowhere else. */
export { signPath, armClass } from './armSign.ts';
export { axis, extent, type Axis, type Tick } from './axis.ts';
export { fitted, fittedNames, textWidth } from './fitted.ts';
export { barGeometry, type BarGeometry } from './kinds/bars.ts';
export { cellHeight, levels, stripGeometry, stripRow, tableOfStrip, type StripCell, type StripRow } from './kinds/heatStrip.ts';
export { intervalGeometry, type Interval, type IntervalGeometry } from './kinds/intervalStrip.ts';
export { lossShares, tableOfShares, type LossShares } from './kinds/lossShares.ts';
export { pairedGeometry, type PairedGeometry } from './kinds/pairedDifference.ts';
export { meanCross, placeOn, scatterGeometry, tableOfScatter, type Scatter } from './kinds/scatter.ts';
export { shareGeometry } from './kinds/shareStack.ts';
export { slopeGeometry, type SlopeGeometry } from './kinds/slope.ts';
export { armLines, type ArmRuns } from './lines/armLines.ts';
export { lineGeometry, wholeWindow, type DrawnLine, type LineGeometry, type Window } from './lines/lineGeometry.ts';
export { chartOfBlock, type Line, type LineChart, type RunLine } from './lines/lines.ts';
export { fewestForInterval } from './lines/meanLine.ts';
export { nearestPlace, placeOfX } from './lines/places.ts';
export { smoothedLine, smoothingWidth } from './lines/smooth.ts';
export { stretchWidth } from './lines/stretches.ts';
export { columnPlaces, shapePlaces } from './lines/thinning.ts';
export { moved, zoomed } from './lines/zoom.ts';
export { digitsFor, formatNumber, formatStyled, missing, plainNumber } from './numbers.ts';
export { chartTable, tableOfLines } from './tables.ts';
