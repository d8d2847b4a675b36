/** The style sheet of a page: light and dark by the wish of the reader, and for print. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --raised: #f6f7f8; --text: #1a1a1a; --quiet: #5c6066; --rule: #dcdfe3; --grid: #ececee;
  --link: #0a5fa5; --mark: #fff0b8; --spike: #1a1a1a; --reference: #767676; --select: rgba(0, 114, 178, .14);
  --error: #b3261e; --warning: #8a5a00; --info: #0a5fa5;
  --comment: #5f6f5f; --string: #8a4b00; --number: #0a5fa5; --keyword: #8b2277;
  --curve-0: #0072b2; --curve-1: #d55e00; --curve-2: #009e73; --curve-3: #b8608f; --curve-4: #c98500; --curve-5: #3b9dd1;
  --curve-6: #1a1a1a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #15171a; --raised: #1e2125; --text: #e6e7e9; --quiet: #a2a8b0; --rule: #363b42; --grid: #272b30;
    --link: #7db9ec; --mark: #5a4a10; --spike: #e6e7e9; --reference: #8b9199; --select: rgba(86, 180, 233, .2);
    --error: #ff8a80; --warning: #f0c060; --info: #7db9ec;
    --comment: #93a893; --string: #e5b277; --number: #7db9ec; --keyword: #e08fd0;
    --curve-0: #4aa8e0; --curve-1: #ff8a3d; --curve-2: #2fc49a; --curve-3: #e39cc4; --curve-4: #f0b429; --curve-5: #8fd0f5;
    --curve-6: #e6e7e9;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
body {
  margin: 0 auto; padding: 0 1.25rem 4rem; max-width: 60rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif;
}
h1 { margin: 2.2rem 0 0; font-size: 1.75rem; line-height: 1.2; overflow-wrap: anywhere; }
h1 small { font-size: 1rem; font-weight: 400; color: var(--quiet); }
.lead { margin: .35rem 0 0; font-size: 1.1rem; color: var(--quiet); }
h2 { margin: 2.6rem 0 .7rem; padding-bottom: .25rem; border-bottom: 1px solid var(--rule); font-size: 1.25rem; }
h3 { margin: 1.4rem 0 .4rem; font-size: 1rem; }
p { margin: .6rem 0; max-width: 46rem; }
a { color: var(--link); }
nav { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 1rem 0 1.4rem; font-size: .9rem; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
code, pre { font: .875em/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
pre { position: relative; margin: .6rem 0; padding: .8rem 1rem; overflow-x: auto; background: var(--raised); border-radius: 6px; }
pre code { font-size: 1em; }
math { font: 1.12em 'Cambria Math', 'STIX Two Math', 'STIX Math', 'Latin Modern Math', 'Libertinus Math', math; }
.tml-left { text-align: left; }
.tml-right { text-align: right; }
.math { margin: .8rem 0 .8rem 1.5rem; overflow-x: auto; }
.math math { margin: .5rem 0; width: max-content; }
aside { margin: .8rem 0; padding: .1rem 1rem; border-left: 3px solid var(--info); background: var(--raised); }
.reference { padding-left: 2rem; text-indent: -2rem; font-size: .92rem; }
.reference span { display: inline-block; min-width: 2rem; text-indent: 0; }
.note { font-size: .9rem; color: var(--quiet); }
.scroll { overflow-x: auto; }

.summary { display: flex; flex-wrap: wrap; gap: .6rem 2rem; margin: 0 0 1.1rem; padding: .7rem 1rem; background: var(--raised); border-radius: 6px; }
.summary dt { font-size: .8rem; color: var(--quiet); }
.summary dd { margin: 0; font-size: 1.05rem; font-variant-numeric: tabular-nums; }
.summary .unit { font-size: .9em; color: var(--quiet); }

table.data { width: 100%; border-collapse: collapse; font-size: .92rem; }
.data th { padding: .35rem .9rem .35rem 0; border-bottom: 1.5px solid var(--quiet); text-align: left; font-weight: 600; white-space: nowrap; }
.data td { padding: .32rem .9rem .32rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
.data .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.unbroken { white-space: nowrap; }
.data td:last-child, .data th:last-child { padding-right: 0; }
mark { padding: .05em .35em; border-radius: 3px; background: var(--mark); color: inherit; font-weight: 600; }

.equations { border-collapse: collapse; }
.equations td { padding: .35rem .3rem; vertical-align: middle; }
.equations td:nth-child(2) { padding: 0; }
.equations td:first-child { text-align: right; white-space: nowrap; }
.equations td:last-child { padding-left: 1.6rem; font-size: .87rem; color: var(--quiet); min-width: 11rem; }
.equations math { display: inline math !important; math-style: normal; }

.messages { padding: 0; list-style: none; }
.messages li { margin: .4rem 0; padding: .45rem .8rem; border-left: 3px solid var(--info); background: var(--raised); }
.messages .warning { border-color: var(--warning); }
.messages .error { border-color: var(--error); }
.severity { font-weight: 600; color: var(--info); }
.warning .severity { color: var(--warning); }
.error .severity { color: var(--error); }
.messages .code { color: var(--quiet); }
#printed td code { white-space: pre-wrap; }
#printed .number { width: 1%; }
#reproduction pre { padding-right: 4.6rem; white-space: pre-wrap; }

.source { padding-left: 0; counter-reset: line; font-size: .82rem; }
.line { display: block; min-height: 1.5em; padding-left: 4.2em; counter-increment: line; }
.line::before {
  content: counter(line); display: inline-block; width: 2.9em; margin-left: -4.2em; padding-right: 1.3em; box-sizing: content-box;
  text-align: right; color: var(--quiet); user-select: none; opacity: .75;
}
.line:target { background: var(--mark); }
.c { color: var(--comment); font-style: italic; }
.s { color: var(--string); }
.n { color: var(--number); }
.k { color: var(--keyword); font-weight: 600; }
.versions { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; font-size: .92rem; }
.versions dt { color: var(--quiet); }
.versions dd { margin: 0; }

#figures { margin-top: 1.1rem; }
figure { margin: 0 0 1.6rem; }
.picture svg { display: block; width: 100%; height: auto; }
.explorer { position: relative; }
.explorer h2 { margin: .4rem 0 0; border: 0; padding: 0; font-size: 1.05rem; }
.explorer .subtitle { margin: 0; font-size: .9rem; color: var(--quiet); }
.toolbar { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .5rem; margin: .5rem 0 .3rem; font-size: .82rem; }
.toolbar .position { flex: 1 1 14rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
button {
  padding: .22rem .6rem; border: 1px solid var(--rule); border-radius: 5px; background: var(--page); color: var(--text);
  font: inherit; cursor: pointer;
}
button:hover:not(:disabled) { background: var(--raised); border-color: var(--quiet); }
button:disabled { opacity: .45; cursor: default; }
button:focus-visible, a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.copy { position: absolute; top: .45rem; right: .45rem; font: .75rem system-ui, sans-serif; }
.keys { position: relative; display: flex; flex-wrap: wrap; gap: 0 .35rem; margin: .35rem 0 0 4.85rem; min-height: 1.6rem; font-size: .82rem; }
.scale { position: absolute; right: calc(100% + .2rem); bottom: 0; color: var(--text); font-size: .75rem; white-space: nowrap; }
.key { display: inline-flex; align-items: center; gap: .4rem; padding: .05rem .4rem; border-color: transparent; background: none; }
.key i { width: 1.1rem; border-top: 3px solid var(--colour); }
.key i.tick { width: 2px; height: .85rem; border: 0; background: var(--colour); }
.key b { min-width: 5.5rem; font-weight: 400; text-align: left; font-variant-numeric: tabular-nums; color: var(--quiet); }
.key[aria-pressed='false'] { opacity: .45; text-decoration: line-through; }
.explorer .u-select { background: var(--select); }
.explorer .u-hz .u-cursor-x, .explorer .u-hz .u-cursor-y { border-color: var(--quiet); }
.explored .picture { display: none; }

@media print {
  :root {
    color-scheme: light; --page: #fff; --raised: #fff; --text: #000; --quiet: #444; --rule: #bbb; --mark: #eee; --link: #000;
    --comment: #444; --string: #222; --number: #000; --keyword: #000;
  }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .explorer, .copy, details.latex { display: none; }
  .explored .picture { display: block; }
  .summary { padding: 0; }
  pre { white-space: pre-wrap; border: 1px solid var(--rule); }
  .scroll { overflow: visible; }
  figure, tr, .messages li { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
`;
