/** Entry of a bundle of its own: what draws reports is large and seldom needed. */
export { renderReport } from '../../models/report/renderReport';
