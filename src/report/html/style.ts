/** The style sheet of the report and of the dashboard: no fonts and no pictures to load, light and dark, narrow and on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f6f7f8; --card: #fff; --text: #1b1f24; --muted: #59616c; --line: #d9dde3; --soft: #eef0f3; --link: #0b57a4;
  --error: #b3261e; --error-soft: #fdeeec; --warning: #8a5200; --warning-soft: #fdf3e1;
  --info: #0b57a4; --info-soft: #e9f2fb; --good: #17693a; --good-soft: #e6f4ec; --unverified: #6a3d9a; --unverified-soft: #f3edfa;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #121519; --card: #1a1e24; --text: #e7eaee; --muted: #a3abb7; --line: #343b45; --soft: #242a32; --link: #8cc0ff;
    --error: #ff8f86; --error-soft: #3a1e1d; --warning: #f2b65c; --warning-soft: #35280f;
    --info: #8cc0ff; --info-soft: #16283d; --good: #79cf9b; --good-soft: #143022; --unverified: #c8a8f2; --unverified-soft: #2c2140;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body {
  margin: 0 auto; max-width: 66rem; padding: 1.5rem 1.25rem 3rem; background: var(--page); color: var(--text); overflow-wrap: anywhere;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif;
}
h1, h2, h3, p, dl, dd, ol, ul, figure, pre { margin: 0; padding: 0; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.75rem 0 .9rem; }
h3 { font-size: 1rem; line-height: 1.45; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; border-radius: 3px; }
code, pre { font-family: var(--mono); font-size: .86em; }
.muted { color: var(--muted); }
.count { color: var(--muted); font-weight: 400; font-size: .9em; margin-left: .25em; }
.label { color: var(--muted); margin-right: .35em; }

header { background: var(--card); --tone: var(--good); border: 1px solid var(--line); border-radius: 12px; padding: 1.4rem 1.6rem 1.4rem 2.1rem; box-shadow: inset .5rem 0 0 var(--tone); overflow: hidden; }
header.no-go { --tone: var(--error); }
h1, .title { margin: 0; font-size: 1.9rem; line-height: 1.2; display: flex; flex-wrap: wrap; gap: .2em .55em; align-items: baseline; }
.app { font-weight: 400; }
.deploy { margin-top: 3.5rem; }
.deploys { list-style: none; margin-top: .9rem; display: grid; gap: .35rem; }
.deploys .verdict { display: inline-block; min-width: 4.5rem; }
.deploys .go .verdict { color: var(--good); }
.verdict { color: var(--good); font-weight: 800; letter-spacing: .02em; white-space: nowrap; }
.no-go .verdict { color: var(--error); }
.words { margin-top: .7rem; font-size: 1.1rem; max-width: 52rem; }
.counts { margin-top: .5rem; color: var(--muted); }
.target { display: flex; flex-wrap: wrap; gap: .6rem 2rem; margin-top: 1.1rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .9rem; }
.target dt { color: var(--muted); font-size: .82rem; }

.timeline { list-style: none; display: grid; grid-template-columns: repeat(8, minmax(0, 1fr)); background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.2rem .6rem 1.1rem; }
.timeline li { position: relative; text-align: center; padding: 0 .3rem; --tone: var(--good); --tone-soft: var(--good-soft); }
.timeline li::before { content: ""; position: absolute; top: 1rem; left: calc(-50% + 1.3rem); width: calc(100% - 2.6rem); border-top: 2px solid var(--line); }
.timeline li:first-child::before { display: none; }
.timeline .unreached::before { border-top-style: dashed; }
.mark { position: relative; display: inline-grid; place-items: center; width: 2rem; height: 2rem; border-radius: 50%; border: 2px solid var(--tone); background: var(--tone-soft); color: var(--tone); font-weight: 700; line-height: 1; }
.breaks { --tone: var(--error) !important; --tone-soft: var(--error-soft) !important; }
.risky { --tone: var(--warning) !important; --tone-soft: var(--warning-soft) !important; }
.unverified { --tone: var(--unverified) !important; --tone-soft: var(--unverified-soft) !important; }
.timeline .unchecked, .timeline .unreached.passed { --tone: var(--muted); --tone-soft: var(--soft); }
.timeline .breaks:not(.unreached) .mark { background: var(--error); color: var(--card); }
.phase { display: block; margin-top: .45rem; line-height: 1.3; }
.phase > * { display: block; }
.about { color: var(--muted); font-size: .76rem; margin: .15rem 0; }
.state { color: var(--tone); font-size: .82rem; font-weight: 600; }
.reasons { margin-top: .9rem; display: grid; gap: .9rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.1rem 1.25rem; }
.reasons > div { display: grid; grid-template-columns: 6rem 1fr; gap: 0 1rem;  }
.reasons dt { font-weight: 600; color: var(--tone); }
.reasons dd { grid-column: 2; }
.reasons dd + dd { margin-top: .25rem; }

.finding { --tone: var(--info); --tone-soft: var(--info-soft); background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.05rem 1.25rem 1.15rem 1.45rem; box-shadow: inset 4px 0 0 var(--tone); overflow: hidden; margin-bottom: .9rem; scroll-margin-top: 1rem; }
.finding.error { --tone: var(--error); --tone-soft: var(--error-soft); }
.finding.warning { --tone: var(--warning); --tone-soft: var(--warning-soft); }
.finding:target { box-shadow: inset 4px 0 0 var(--tone), 0 0 0 2px var(--tone); }
.finding > * + * { margin-top: .6rem; }
.facts { font-size: .92rem; display: flex; flex-wrap: wrap; gap: .25rem .8rem; align-items: baseline; }
.badge, .tag { display: inline-block; padding: .05rem .5rem; border-radius: 1rem; font-size: .78rem; font-weight: 600; background: var(--tone-soft, var(--soft)); color: var(--tone, var(--text)); }
.tag { font-weight: 500; }
.related { font-size: .92rem; color: var(--muted); }
.cure { border-radius: 6px; background: var(--good-soft); padding: .5rem .8rem; }
.cure .label { color: var(--good); font-weight: 600; }
.code { background: var(--soft); border-radius: 8px; padding: .55rem 0; font-size: .86rem; line-height: 1.5; white-space: pre-wrap; }
.code code { font-size: inherit; }
.code .line { display: grid; grid-template-columns: 3.4rem minmax(0, 1fr); padding-right: .8rem; min-height: 1.5em; }
.code .number { color: var(--muted); text-align: right; padding-right: 1rem; user-select: none; }
.code .place { background: var(--tone-soft); }
.code .place .number { color: var(--tone); font-weight: 700; }
mark { background: none; color: inherit; text-decoration: underline 2px var(--tone); text-underline-offset: .25em; }
.diff .file { display: block; padding: 0 .9rem .3rem; color: var(--muted); }
.diff .added { background: var(--good-soft); }
.diff .removed { background: var(--error-soft); }
ins, del { text-decoration: none; }

details { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .7rem 1.1rem; margin-bottom: .6rem; }
details.fix { background: none; padding: .35rem .8rem; }
details.fix .code { margin: .5rem 0 .3rem; }
summary { cursor: pointer; font-weight: 600; }
details.fix summary { font-weight: 500; }
details h3 { margin: 1rem 0 .3rem; font-size: .95rem; }
.finding ul { padding-left: 1.2rem; }
details ul { padding-left: 1.2rem; columns: 26rem auto; column-gap: 2rem; }
details li { margin: .15rem 0; break-inside: avoid; }

figure { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.2rem; margin-bottom: .9rem; }
figcaption { font-size: .95rem; }
svg.picture { display: block; max-width: 100%; height: auto; font-family: var(--mono); overflow: visible; }
svg.picture + figcaption { margin-top: .9rem; }
svg.down { display: none; }
.box { --tone: var(--line); }
.box rect { fill: var(--soft); stroke: var(--line); stroke-width: 1.5; }
.box.error rect, .box.warning rect { fill: var(--tone-soft); stroke: var(--tone); }
.error { --tone: var(--error); --tone-soft: var(--error-soft); }
.warning { --tone: var(--warning); --tone-soft: var(--warning-soft); }
.box.error { --tone: var(--error); }
.box.warning { --tone: var(--warning); }
.box.unknown rect { fill: none; stroke-dasharray: 5 4; }
svg text { fill: var(--text); font-size: 12px; }
svg text.label, svg text.detail { fill: var(--muted); font-size: 11px; }
svg text.value { font-weight: 600; }
.arrow { fill: none; stroke: var(--muted); stroke-width: 1.5; }
.tip { fill: var(--muted); }
.arrow.error, .arrow.warning { stroke: var(--tone); }
.tip.error, .tip.warning { fill: var(--tone); }
.beside { display: grid; grid-template-columns: minmax(0, 25rem) minmax(0, 1fr); gap: 1rem 2rem; align-items: start; }
.beside svg.picture + figcaption { margin-top: 0; }
.beside ol { padding-left: 1.2rem; }
.beside li + li { margin-top: .7rem; }

.graph { display: flex; gap: .4rem; margin-top: .8rem; font-size: 1rem; }
.graph svg.picture { flex: none; width: auto; max-width: 40%; }
.graph ol { list-style: none; min-width: 0; flex: 1; }
.graph li { height: 44px; display: flex; flex-direction: column; justify-content: center; line-height: 1.3; min-width: 0; }
.graph li > span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.graph .second { font-size: .86rem; color: var(--muted); }
.edge { fill: none; stroke: var(--muted); stroke-width: 2; }
.dot { fill: var(--card); stroke: var(--muted); stroke-width: 2.5; }
.dot.head { fill: var(--good); stroke: var(--good); }
.dot.more { fill: var(--muted); stroke: none; }
.dot.error { fill: var(--error); stroke: var(--error); }
.dot.warning { fill: var(--warning); stroke: var(--warning); }
.faults { padding-left: 1.2rem; margin-top: .6rem; color: var(--error); }

footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--muted); font-size: .88rem; }

@media (max-width: 46rem) {
  body { padding: .8rem .8rem 2rem; }
  header { padding: 1.1rem 1.1rem 1.1rem 1.5rem; }
  h1, .title { font-size: 1.55rem; }
  .timeline { grid-template-columns: 1fr; padding: 1rem; gap: .9rem; }
  .timeline li { display: flex; gap: .8rem; text-align: left; padding: 0; }
  .timeline li::before { left: 1rem; top: -.8rem; width: 0; height: .7rem; border-top: 0; border-left: 2px solid var(--line); }
  .timeline .unreached::before { border-left-style: dashed; }
  .mark { flex: none; }
  .phase { margin-top: 0; }
  .about { font-size: .84rem; }
  .reasons > div { grid-template-columns: 1fr; }
  .reasons dd { grid-column: 1; }
  .finding { padding: .9rem .9rem 1rem 1.1rem; }
  .code .line { grid-template-columns: 2.6rem minmax(0, 1fr); }
  .code .number { padding-right: .7rem; }
  figure { padding: .9rem; }
  svg.across { display: none; }
  svg.down { display: block; margin: 0 auto; }
  .beside { grid-template-columns: minmax(0, 1fr); }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --text: #000; --muted: #444; --line: #bbb; --soft: #f3f3f3; --link: #000;
    --error: #a11; --error-soft: #fdeeec; --warning: #7a4900; --warning-soft: #fdf3e1; --info: #0b4a8a; --info-soft: #eef4fb;
    --good: #125a31; --good-soft: #eaf6ef; --unverified: #5b3488; --unverified-soft: #f5f0fb; }
  body { max-width: none; padding: 0; font-size: 10pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  header, .finding, .timeline, figure, .code, tr { break-inside: avoid; }
  h2, h3, summary { break-after: avoid; }
  .code { white-space: pre-wrap; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
}
`
