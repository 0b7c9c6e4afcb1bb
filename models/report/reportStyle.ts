/** Colours are those of the editor's theme where there is one, else those of a light or a dark page. */
export const REPORT_STYLE = `
:root {
  color-scheme: light dark;
  --fg: var(--vscode-foreground, light-dark(#1f2328, #e6edf3));
  --bg: var(--vscode-editor-background, light-dark(#ffffff, #16191d));
  --muted: var(--vscode-descriptionForeground, light-dark(#57606a, #9aa4b2));
  --line: var(--vscode-contrastBorder, var(--vscode-widget-border, light-dark(#d0d7de, #3b434d)));
  --link: var(--vscode-textLink-foreground, light-dark(#0b5cad, #79b8ff));
  --focus: var(--vscode-focusBorder, light-dark(#0b5cad, #79b8ff));
  --button: var(--vscode-button-secondaryBackground, var(--vscode-editor-background, light-dark(#e7ebef, #2b323a)));
  --button-fg: var(--vscode-button-secondaryForeground, light-dark(#1f2328, #e6edf3));
  --chart-1: var(--vscode-charts-blue, light-dark(#0b5cad, #79b8ff));
  --chart-2: var(--vscode-charts-orange, light-dark(#b45309, #f0ad6b));
  --up: var(--vscode-charts-green, light-dark(#217a3c, #8fd694));
  --down: var(--vscode-charts-red, light-dark(#b3263a, #ff9a92));
}
body {
  margin: 0 auto;
  padding: 1rem 1.5rem 4rem;
  max-width: 60rem;
  color: var(--fg);
  background: var(--bg);
  font: 0.875rem/1.55 var(--vscode-font-family, system-ui, sans-serif);
}
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0.5rem 0; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 0.5rem; padding-top: 0.75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.5rem 0 0.5rem; }
h4 { font-size: 0.875rem; margin: 0.75rem 0 0.25rem; }
a { color: var(--link); }
code { font-family: var(--vscode-editor-font-family, ui-monospace, monospace); font-size: 0.95em; }
.verdict { font-size: 1.05rem; }
.muted, caption, figcaption { color: var(--muted); }
caption { text-align: left; padding: 0.25rem 0 0.5rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 0.75rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th { font-weight: 600; }
th[scope='row'], td.text, th.text { text-align: left; }
td.text { white-space: normal; overflow-wrap: anywhere; }
th[scope='colgroup'] { text-align: center; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1rem; margin: 0.75rem 0; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
ul { margin: 0.25rem 0; padding-left: 1.25rem; }
.up { color: var(--up); }
.down { color: var(--down); }
figure { margin: 0.5rem 0 1rem; }
figure svg { max-width: 100%; height: auto; color: var(--fg); }
figure svg a { color: inherit; text-decoration: underline; cursor: pointer; }
figcaption { max-width: 40rem; }
.export { margin: 0.25rem 0; color: var(--muted); font-size: 0.8125rem; }
button { font: inherit; cursor: pointer; color: var(--button-fg); background: var(--button); border: 1px solid var(--line); border-radius: 2px; padding: 0.1rem 0.5rem; }
button.place { color: var(--link); background: none; border: 0; padding: 0; text-align: left; text-decoration: underline; }
summary { cursor: pointer; }
.cell:focus, .cell:target { outline: 1px solid var(--focus); outline-offset: 3px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
@media print { button, .export { display: none; } button.place { display: inline; } }
`;
