/** The report's look: one column of calm text, light and dark, on paper and on a telephone. A file follows its reader's system; a preview may carry
 *  data-theme, the choice made in Settings. */

const light = `
  --paper: #fdfdfb; --ink: #1d2329; --quiet: #5b6670; --faint: #e4e6e4; --edge: #cfd4d3; --panel: #f5f6f3; --link: #1f5f8b; --band: #e9ecea;
  --good: #1b7a4b; --bad: #b3401f; --caution: #8a5a00; --caution-paper: #fdf6e6;
  --arm-0: #66788a; --arm-1: #c8500a; --arm-2: #0072b2; --arm-3: #00805c; --arm-4: #ad4a8c;
  --arm-5: #9a6b00; --arm-6: #2a8fc4; --arm-7: #6a49b5; --arm-8: #7d5233;`;

const dark = `
  --paper: #14181c; --ink: #e3e6e8; --quiet: #9aa5ae; --faint: #272e34; --edge: #3a434b; --panel: #1b2126; --link: #85bfe6; --band: #242b30;
  --good: #5cc48d; --bad: #f08a66; --caution: #e8b95a; --caution-paper: #272217;
  --arm-0: #93a5b6; --arm-1: #ff9352; --arm-2: #5db5f2; --arm-3: #3fcb9d; --arm-4: #e897cb;
  --arm-5: #edc04b; --arm-6: #8cd2f7; --arm-7: #b8a0f5; --arm-8: #d2a682;`;

const arms = Array.from({ length: 9 }, (_, i) => `.arm-${i} { --arm: var(--arm-${i}); }`).join('\n');

export const styleSheet = `
:root { color-scheme: light dark;${light} }
@media (prefers-color-scheme: dark) { :root:not([data-theme='light']) {${dark} } }
:root[data-theme='dark'] { color-scheme: dark;${dark} }
:root[data-theme='light'] { color-scheme: light; }
@media print { :root:root { color-scheme: light;${light} --paper: #fff; } }
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0 auto; padding: 3.5rem 1.5rem 5rem; max-width: 50rem;
  font: 1.0625rem/1.6 Charter, 'Bitstream Charter', 'Sitka Text', Cambria, Caladea, Georgia, serif; overflow-wrap: break-word; }
h1, h2, h3, nav, table, figure, dl, .card, .skip, .colophon, summary {
  font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; border-radius: 2px; }
.skip { position: absolute; left: -100rem; padding: .5rem 1rem; background: var(--ink); color: var(--paper); }
.skip:focus { left: 1rem; top: 1rem; }
header { border-bottom: 1px solid var(--edge); padding-bottom: 1.5rem; }
h1 { font-size: clamp(1.6rem, 1.2rem + 1.8vw, 2.25rem); line-height: 1.2; letter-spacing: -.018em; font-weight: 680; margin: 0 0 .4rem; text-wrap: balance; }
.subtitle { margin: 0; color: var(--quiet); }
nav ol { display: flex; flex-wrap: wrap; gap: .15rem 1.15rem; list-style: none; margin: 1.1rem 0 0; padding: 0; font-size: .84rem; }
nav li { margin: 0; }
nav a { text-decoration: none; display: inline-block; padding: .25rem 0; }
nav a:hover { text-decoration: underline; }
section { margin-top: 3.25rem; }
h2 { font-size: 1.3rem; line-height: 1.3; letter-spacing: -.01em; font-weight: 650; margin: 0 0 1rem; }
h3 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
p { margin: 0 0 .9rem; text-wrap: pretty; }
ul { margin: 0 0 1rem; padding-left: 1.2rem; }
li { margin: .3rem 0; }
.quiet { color: var(--quiet); font-size: .92rem; line-height: 1.55; }
.question { font-size: 1.2rem; line-height: 1.45; }
code { font: .88em/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace; }
pre { margin: .5rem 0 1.25rem; padding: .85rem 1rem; background: var(--panel); border: 1px solid var(--faint);
  border-radius: 6px; overflow: auto; max-height: 26rem; line-height: 1.45; font-size: .95rem; }
pre.shell code { white-space: pre-wrap; }
.warning { margin: .75rem 0; padding: .65rem 1rem; border-left: 3px solid var(--caution); background: var(--caution-paper);
  border-radius: 0 6px 6px 0; font-size: .97rem; }
.warning b:first-child { color: var(--caution); }
.card { margin: 1.5rem 0 1.75rem; padding: 1.6rem 1.75rem 1.5rem; border: 1px solid var(--edge); border-top: 4px solid var(--tone);
  border-radius: 4px 4px 10px 10px; background: var(--panel); }
.card.good { --tone: var(--good); } .card.bad { --tone: var(--bad); } .card.neutral { --tone: var(--quiet); }
.card .word { display: flex; align-items: center; gap: .7rem; margin: 0 0 .7rem;
  font-size: 1.85rem; line-height: 1.15; font-weight: 680; letter-spacing: -.015em; color: var(--tone); }
.card .word svg { width: 1.7rem; height: 1.7rem; flex: none; }
.card .sentence { font: 1.16rem/1.55 Charter, 'Bitstream Charter', 'Sitka Text', Cambria, Caladea, Georgia, serif; margin: 0 0 1.1rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1rem 1.5rem;
  margin: 1.2rem 0 1.2rem; padding: 1.1rem 0; border-block: 1px solid var(--edge); }
.facts dt, .caption-line { font-size: .78rem; color: var(--quiet); }
.facts dd { margin: .1rem 0 0; font-size: 1.12rem; font-weight: 620; font-variant-numeric: tabular-nums; line-height: 1.3; }
.facts dd small { display: block; font-weight: 400; font-size: .8rem; color: var(--quiet); margin-top: .15rem; }
.card h3 { font-size: .86rem; margin: 1rem 0 .25rem; color: var(--quiet); font-weight: 600; }
.card ul, .card .next { margin: 0; font-size: .95rem; line-height: 1.5; }
figure { margin: 2rem 0 2.25rem; }
figcaption { font-weight: 620; font-size: .98rem; margin-bottom: .55rem; }
figure svg { display: block; width: 100%; height: auto; font-family: inherit; }
figure .note { margin: .6rem 0 0; font-size: .84rem; line-height: 1.5; color: var(--quiet); }
.row { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 0 2rem; align-items: start; }
.row figure { margin: 0 0 1.75rem; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: 0 0 .5rem; padding: 0; list-style: none; font-size: .85rem; }
.legend li { display: flex; align-items: center; gap: .45rem; margin: 0; min-width: 0; }
.legend svg { width: 30px; flex: none; }
.narrow { display: none; }
details { margin-top: .6rem; font-size: .84rem; }
summary { cursor: pointer; color: var(--link); width: fit-content; padding: .2rem 0; }
.scroll { overflow-x: auto; margin: 1.25rem 0 1.75rem; }
details .scroll { margin: .5rem 0 0; max-height: 24rem; overflow-y: auto; }
table { border-collapse: collapse; width: 100%; font-size: .86rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
caption span { display: block; max-width: calc(100vw - 2.5rem); }
caption { text-align: left; font-weight: 620; font-size: .95rem; padding-bottom: .5rem; }
details caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th { text-align: left; font-weight: 550; color: var(--quiet); vertical-align: bottom; border-bottom: 1px solid var(--edge); font-size: .8rem; }
th, td { padding: .42rem .9rem .42rem 0; }
th:last-child, td:last-child { padding-right: 0; }
td { border-bottom: 1px solid var(--faint); vertical-align: baseline; }
td.number, th.number { text-align: right; white-space: nowrap; }
th.number { white-space: normal; }
td svg { width: .78rem; height: .78rem; margin-right: .45rem; vertical-align: -.08rem; }
td.armed { min-width: 8rem; padding-left: 1.23rem; text-indent: -1.23rem; }
dl.pairs { display: grid; grid-template-columns: minmax(8rem, 13rem) 1fr; margin: .25rem 0 1.75rem;
  font-size: .9rem; line-height: 1.45; border-top: 1px solid var(--edge); }
dl.pairs dt, dl.pairs dd { padding: .42rem 1rem .42rem 0; border-bottom: 1px solid var(--faint); margin: 0; min-width: 0; overflow-wrap: anywhere; }
dl.pairs dt { color: var(--quiet); overflow-wrap: normal; }
.caption { font: 620 .95rem/1.4 system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif; margin: 1.25rem 0 .4rem; }
.colophon { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--edge); font-size: .8rem; color: var(--quiet); }
${arms}
svg .grid { stroke: var(--faint); stroke-width: 1; } svg .axis { stroke: var(--edge); stroke-width: 1; } svg .zero { stroke: var(--ink); stroke-width: 1.25; }
svg text { fill: var(--quiet); font-size: 12px; font-variant-numeric: tabular-nums; } svg .axis-title { font-size: 12px; }
svg .row-title { fill: var(--ink); font-size: 13px; font-weight: 600; } svg .row-value { fill: var(--ink); font-size: 13px; }
svg .line { fill: none; stroke: var(--arm); stroke-width: 2.25; stroke-linejoin: round; stroke-linecap: round; }
svg .halo { fill: none; stroke: var(--paper); stroke-width: 4.5; stroke-linejoin: round; opacity: .75; }
svg .dashed { stroke-dasharray: 5 4; stroke-linecap: butt; } svg .halo.dashed { stroke-dasharray: none; opacity: 0; }
svg .thin { fill: none; stroke: var(--arm); stroke-width: 1; opacity: .3; stroke-linejoin: round; } svg .band { fill: var(--arm); opacity: .15; }
svg .symbol { fill: var(--arm); stroke: var(--paper); stroke-width: 1.25; } svg .hollow { fill: var(--paper); stroke: var(--arm); stroke-width: 1.75; }
svg .dot { fill: var(--arm); fill-opacity: .55; stroke: var(--arm); stroke-width: 1.25; } svg .margin { fill: var(--band); }
svg .interval { stroke: var(--arm); stroke-width: 4; stroke-linecap: round; }
svg .whisker { stroke: var(--arm); stroke-width: 1.25; } svg .error { stroke: var(--ink); stroke-width: 1.5; }
svg .slope { stroke: var(--arm); stroke-width: 1.25; opacity: .6; } svg .slope.worse { stroke: var(--quiet); stroke-dasharray: 4 3; }
svg .bar { fill: var(--arm); opacity: .85; }
svg .tone { stroke: var(--tone); } svg .tone-fill { fill: var(--tone); }
@media (max-width: 38rem) {
  body { padding: 1.75rem 1.1rem 3rem; font-size: 1rem; }
  .wide { display: none; } .narrow { display: block; }
  .card { padding: 1.15rem 1.1rem; margin-inline: -.25rem; } .card .word { font-size: 1.5rem; } .facts dd { font-size: 1rem; }
  .facts { grid-template-columns: 1fr 1fr; }
  dl.pairs { grid-template-columns: 1fr; } dl.pairs dt { border: 0; padding-bottom: 0; } dl.pairs dd { padding-top: 0; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media (forced-colors: active) {
  svg { forced-color-adjust: none; background: Canvas; } svg text { fill: CanvasText; } svg .grid, svg .axis, svg .zero { stroke: CanvasText; }
}
@media print {
  @page { size: A4; margin: 18mm 16mm; }
  html { font-size: 9.5pt; } body { max-width: none; padding: 0; } .facts { grid-template-columns: repeat(4, 1fr); }
  table:not(:has(tr:nth-child(14))) { break-inside: avoid; }
  nav, details, .skip { display: none; }
  section { margin-top: 1.75rem; } h2, h3, caption, figcaption { break-after: avoid; } figure, .card, tr, .warning { break-inside: avoid; }
  pre { max-height: none; white-space: pre-wrap; } .scroll { overflow: visible; } a { color: inherit; text-decoration: none; }
}
`;
