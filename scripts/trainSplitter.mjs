// `node scripts/trainSplitter.mjs [TRAIN.conllu[.gz] [DEV.conllu[.gz]]]`: trains the sentence splitter and
// writes models/pretrained/sentences.json. Needs the compiled library (`npx tsc -b models`). Takes seconds;
// the same data give the same file. With no arguments it reads ../shared/data/ud-ewt.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './paths.mjs';

const require = createRequire(import.meta.url);
const library = (name) => require(path.join(root, 'out', 'models', name));
const { beginsParagraph, documentText, sentenceText, surfaceTokens } = library('data/conllu.js');
const { readConllu } = library('data/readConllu.js');
const { readTextFile } = library('data/textFile.js');
const { scoreRawText } = library('evaluation/scoreRawText.js');
const { segmentedConllu, segmentedTokens } = library('evaluation/segmentedText.js');
const { BoundaryClassifier } = library('text/boundaryClassifier.js');
const { splitSentences } = library('text/sentenceSplitter.js');
const { tokenize } = library('text/tokenizer.js');
const { trainBoundaries } = library('text/trainBoundaries.js');

const OPTIONS = { seed: 1, epochs: 8, rate: 0.03, dropout: 0.3, threshold: -0.75 };

const data = path.join(root, '..', 'shared', 'data', 'ud-ewt');
const [trainFile = path.join(data, 'train.conllu.gz'), devFile = path.join(data, 'dev.conllu')] =
  process.argv.slice(2);

/** The sentences of each paragraph of a treebank. */
async function paragraphsOf(file) {
  const paragraphs = [];
  for (const sentence of readConllu(await readTextFile(file), file)) {
    if (paragraphs.length === 0 || beginsParagraph(sentence)) paragraphs.push([]);
    paragraphs.at(-1).push(sentence);
  }
  return paragraphs;
}

/** The running text of a paragraph and where its sentences end in it. */
function splitParagraph(sentences) {
  const text = documentText(sentences.map((sentence) => ({ ...sentence, comments: textOnly(sentence) })));
  const ends = new Set();
  let end = 0;
  let glue = 0;
  for (const sentence of sentences) {
    end += glue + sentenceText(sentence).length;
    glue = surfaceTokens(sentence).at(-1).spaceAfter ? 1 : 0;
    ends.add(end);
  }
  return { text: text.trimEnd(), ends };
}

/** The comments without `# newpar`, which would put a blank line into the paragraph. */
function textOnly(sentence) {
  return sentence.comments.filter((comment) => /^text =/.test(comment));
}

const train = (await paragraphsOf(trainFile)).map(splitParagraph);
const weights = trainBoundaries(train, OPTIONS);
const target = path.join(root, 'models', 'pretrained', 'sentences.json');
writeFileSync(target, `${JSON.stringify(weights)}\n`);

const classifier = new BoundaryClassifier(weights);
const dev = await paragraphsOf(devFile);
const system = dev.flatMap((sentences) =>
  splitSentences(tokenize(splitParagraph(sentences).text), classifier).map((tokens) =>
    segmentedTokens(tokens, []),
  ),
);
const scores = scoreRawText(dev.flat().map(segmentedConllu), system);
const percent = (score) => (100 * score.f1).toFixed(2);
console.log(
  `${path.relative(process.cwd(), target)} from ${train.length} paragraphs; on ${path.basename(devFile)}: ` +
    `Tokens ${percent(scores.tokens)}, Words ${percent(scores.words)}, Sentences ${percent(scores.sentences)}`,
);
