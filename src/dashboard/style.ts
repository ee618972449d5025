import {style} from '../report/html/style.ts'

/** The report's style sheet, and what only the dashboard has. */
export const dashboardStyle = `${style}
body { max-width: 70rem; }
.go { --tone: var(--good); }
.no-go { --tone: var(--error); }
.go .verdict { color: var(--good); }
.no-go .verdict { color: var(--error); }
.orders { display: flex; flex-wrap: wrap; gap: .3rem .9rem; margin-bottom: .9rem; font-size: .92rem; color: var(--muted); }
.orders a[aria-current] { color: var(--text); font-weight: 600; text-decoration: none; }
.apps, .firing { list-style: none; display: grid; gap: .6rem; }
.row { display: grid; grid-template-columns: minmax(0, 10rem) minmax(0, 1fr) 12.5rem; gap: .4rem 1.6rem; align-items: start; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .9rem 1.2rem .9rem 1.4rem; box-shadow: inset 4px 0 0 var(--tone); overflow: hidden; }
.row .verdict { display: block; font-size: .8rem; }
.row p { font-size: .95rem; line-height: 1.45; }
.row p + p { margin-top: .2rem; }
.row .muted { font-size: .85rem; }
.row time { white-space: nowrap; }
svg.strip { display: block; max-width: 100%; margin-bottom: .25rem; }
svg.strip .go, svg.chart .go, .key.go { fill: var(--good); background: var(--good); }
svg.strip .no-go, svg.chart .no-go, .key.no-go { fill: var(--error); background: var(--error); }
svg.chart .warning, .key.warning { fill: var(--warning); background: var(--warning); }
svg.chart { display: block; width: 100%; max-width: 46rem; height: auto; }
svg.chart line { stroke: var(--line); }
.ends { display: flex; justify-content: space-between; max-width: 46rem; margin-bottom: .6rem; font-size: .82rem; color: var(--muted); }
.key { display: inline-block; width: .75em; height: .75em; border-radius: 2px; }
.firing > li { display: grid; grid-template-columns: minmax(0, 1fr) 20rem; gap: .4rem 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .7rem 1.2rem; font-size: .95rem; }
.firing .info { --tone: var(--info); --tone-soft: var(--info-soft); }
.firing p { font-size: .88rem; }
.share { display: grid; gap: .15rem; align-content: center; }
svg.bar .whole { fill: var(--soft); }
svg.bar .part { fill: var(--tone); }
.back { margin-bottom: .8rem; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
table { border-collapse: collapse; width: 100%; min-width: 56rem; font-size: .92rem; }
th, td { text-align: left; padding: .5rem .9rem; border-bottom: 1px solid var(--line); vertical-align: top; font-weight: 400; overflow-wrap: break-word; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { color: var(--muted); font-size: .84rem; white-space: nowrap; }
th time, td .verdict { white-space: nowrap; }
td .verdict { font-size: .88rem; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
@media (max-width: 46rem) {
  .row, .firing > li { grid-template-columns: minmax(0, 1fr); }
}
@media print {
  .row, .firing > li { break-inside: avoid; }
  .scroll { overflow: visible; }
  table { min-width: 0; font-size: .8em; }
  th, td { padding: .3rem .4rem; }
  .orders, .back { display: none; }
}
`
