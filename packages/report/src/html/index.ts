export { formulaToMathMl, latexToMathMl, type MathDisplay } from '../math/math-ml.ts';
export { renderReportHtml } from './report-page.ts';
