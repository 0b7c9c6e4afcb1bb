/** Entry of a bundle of its own: what draws reports is large and seldom needed. */
export { curvesSvg } from '../../models/activeLearning/curvesSvg';
export { renderReport } from '../../models/report/renderReport';
export { lmCurveSvg } from '../../models/training/lmCurveSvg';
