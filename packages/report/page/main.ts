import type { PlotData } from '../src/html/plot-data.ts';
import { button } from './dom.ts';
import { exploreFigure } from './explorer.ts';

/** How long a button says that it has copied, in ms. */
const CONFIRMATION = 1500;

for (const figure of document.querySelectorAll<HTMLElement>('figure.plot')) {
  const source = figure.querySelector('script[type="application/json"]');
  if (source === null) continue;
  const data: PlotData = JSON.parse(source.textContent ?? '');
  exploreFigure(figure, data);
}

for (const block of document.querySelectorAll<HTMLElement>('[data-copy]')) {
  const text = block.textContent ?? '';
  const copy = button('Copy', 'Copy this text', () => {
    navigator.clipboard.writeText(text).then(
      () => {
        copy.textContent = 'Copied';
        setTimeout(() => {
          copy.textContent = 'Copy';
        }, CONFIRMATION);
      },
      () => getSelection()?.selectAllChildren(block),
    );
  });
  copy.classList.add('copy');
  block.append(copy);
}
