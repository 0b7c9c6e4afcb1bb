/**
 * What the page does: follows links of pictures, asks the editor to open places, exports pictures and numbers. In a
 * webview the editor saves files; on its own the page offers them as downloads. Plain JavaScript of a browser.
 */
export const REPORT_SCRIPT = `
'use strict';
const editor = typeof acquireVsCodeApi === 'function' ? acquireVsCodeApi() : undefined;

function save(name, type, data) {
  if (editor) return editor.postMessage({ type: 'save', name, data });
  const link = document.createElement('a');
  link.download = name;
  link.href = data.startsWith('data:') ? data : URL.createObjectURL(new Blob([data], { type }));
  link.click();
}

/** The picture as a file of its own: colours of the theme become plain ones. */
function plainSvg(svg) {
  const copy = svg.cloneNode(true);
  const [from, to] = [svg.querySelectorAll('*'), copy.querySelectorAll('*')];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of ['fill', 'stroke']) {
      const value = element.getAttribute(name);
      if (value && /currentColor|var\\(/.test(value)) to[i].setAttribute(name, style[name]);
    }
  });
  const page = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  page.setAttribute('width', '100%');
  page.setAttribute('height', '100%');
  page.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  copy.insertBefore(page, copy.firstChild);
  for (const link of copy.querySelectorAll('a')) link.replaceWith(...link.childNodes);
  return new XMLSerializer().serializeToString(copy);
}

function savePng(name, svg) {
  const { width, height } = svg.viewBox.baseVal;
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement('canvas');
    canvas.width = 2 * width;
    canvas.height = 2 * height;
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    save(name + '.png', 'image/png', canvas.toDataURL('image/png'));
  };
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(plainSvg(svg));
}

const exportAs = {
  svg: (name) => save(name + '.svg', 'image/svg+xml', plainSvg(document.getElementById(name))),
  png: (name) => savePng(name, document.getElementById(name)),
  json: (name) => save(name + '.json', 'application/json', document.getElementById('numbers').textContent),
};

function goTo(id) {
  const target = document.getElementById(id);
  if (!target) return;
  const folded = target.closest('details');
  if (folded) folded.open = true;
  target.scrollIntoView({ block: 'center' });
  target.focus();
}

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : undefined;
  const button = target?.closest('button');
  const link = target?.closest('a');
  if (button?.dataset.export) exportAs[button.dataset.export](button.dataset.of);
  if (button?.dataset.file) {
    const { file, start, end } = button.dataset;
    editor.postMessage({ type: 'open', file, start: Number(start), end: Number(end) });
  }
  const href = link && (link.getAttribute('href') || link.getAttribute('xlink:href'));
  if (href?.startsWith('#')) {
    event.preventDefault();
    event.stopPropagation();
    goTo(href.slice(1));
  }
}, true);
`;
