/** The layers of the project of the test; ships may overlap. */
export const LAYERS = { ner: ['PER', 'LOC', 'ORG'], ships: ['SHIP', 'BOAT'] } as const;
/** Its project file. */
export const PROJECT = {
  layers: [
    { name: 'ner', kind: 'span', labels: LAYERS.ner.map((name) => ({ name })) },
    { name: 'ships', kind: 'span', overlap: true, labels: LAYERS.ships.map((name) => ({ name })) },
  ],
};
