import type { ProjectLayer, ProjectParams } from '../../server/protocol/labels';
import type { Mark } from '../marks';
import { customStyle, styleOf } from '../tagStyles';
import type { TagStyle } from '../tagStyles';

/** The layers of the project with the looks of their labels, for labels and suggestions alike. */
export class LabelStyles {
  #layers: ReadonlyMap<string, ProjectLayer> = new Map();

  /** Takes over the layers of a project; what it does not know looks as ever. */
  useProject({ layers }: Pick<ProjectParams, 'layers'>): void {
    this.#layers = new Map(layers.map((layer) => [layer.name, layer]));
  }

  get layers(): readonly ProjectLayer[] {
    return [...this.#layers.values()];
  }

  layer(name: string): ProjectLayer | undefined {
    return this.#layers.get(name);
  }

  /** What a layer labels; a layer that is not of the project is taken to label spans. */
  kindOf(layer: string): Mark['kind'] {
    return this.#layers.get(layer)?.kind ?? 'span';
  }

  styleOf({ kind, layer, label, sentence }: Pick<Mark, 'kind' | 'layer' | 'label' | 'sentence'>): TagStyle {
    const labels = this.#layers.get(layer)?.labels ?? [];
    const place = labels.findIndex(({ name }) => name === label);
    const own = styleOf(kind, label, place >= 0 ? place : sentence?.index);
    if (place < 0) return own;
    const { color } = labels[place];
    const isKnown = own.name !== label || kind === 'sentence';
    const style = isKnown ? own : customStyle(kind, label, place);
    return color === undefined ? style : { ...style, color };
  }
}
