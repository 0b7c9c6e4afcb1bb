import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shown } from './shown';

describe('LaTeX', () => {
  const cases: [name: string, text: string, sentences: string[]][] = [
    [
      'masks the preamble and what stands behind the end',
      '\\documentclass[a4paper]{article}\n% on Berlin\n\\newcommand{\\x}{Rome}\n\n\\begin{document}\nMira left.\n\\end{document}\nParis',
      ['Mira left .'],
    ],
    [
      'reads the title in the preamble',
      '\\documentclass{article}\n\\title{Of the \\emph{old} bell}\n\\author{Ann Dale}\n\\begin{document}\n\\maketitle\nIt rang.\n\\end{document}',
      ['Of the old bell', 'Ann Dale', 'It rang .'],
    ],
    ['reads a chapter without a preamble', '\\chapter{The bell}\nIt rang.', ['The bell', 'It rang .']],
    [
      'masks keys of references, comments and math',
      'Mira~Olsen went to \\emph{Oslo} \\cite[p.~3]{mira2020} and saw $x^2$. % Bergen\nShe \\label{a}stayed \\ref{fig:b}.',
      ['Mira Olsen{Olsen} went to Oslo and saw .'.replace('{Olsen}', ''), 'She stayed .'],
    ],
    [
      'goes on behind a comment',
      'The old% no\n  bell rang.\n%\nTwice',
      ['The oldbell{old% no\n  bell} rang .', 'Twice'],
    ],
    [
      'masks display math',
      'So\n\\[ a = b \\]\nand $$c$$ holds.\n\\begin{align*}\n a &= b \\\\\n\n c\n\\end{align*}\nDone.',
      ['So and holds .', 'Done .'],
    ],
    ['shows a dollar sign', 'It costs \\$5 and $6 more.', ['It costs ${\\$} 5 and $ 6 more .']],
    [
      'masks code',
      'Run \\verb|ls -l| now.\n\\begin{verbatim}\nno\n\n\\end{verbatim}\nYes.',
      ['Run now .', 'Yes .'],
    ],
    ['masks drawings', '\\begin{tikzpicture}[x=1]\n\\node {no};\n\n\\end{tikzpicture}\nYes.', ['Yes .']],
    [
      'reads captions apart',
      '\\begin{figure}[ht]\n\\centering\n\\includegraphics[width=2cm]{bell.png}\n\\caption[Short]{The old \\textbf{bell}.}\n\\label{fig:x}\n\\end{figure}',
      ['The old bell .'],
    ],
    [
      'reads footnotes apart',
      'It rang.\\footnote{Twice, said Ann.} She left.',
      ['It rang .', 'Twice , said Ann .', 'She left .'],
    ],
    [
      'reads the second argument of colours and links',
      '\\textcolor{red}{Ann} saw \\href{http://a.org/x_y}{the bell} at \\url{http://b.org}.',
      ['Ann saw the bell at .'],
    ],
    [
      'parts cells and rows',
      '\\begin{tabular}{l|r}\n\\hline\nName & City \\\\\nAnn & \\multicolumn{2}{c}{Oslo} \\\\[2pt]\n\\end{tabular}',
      ['Name', 'City', 'Ann', 'Oslo'],
    ],
    [
      'parts items',
      '\\begin{itemize}[noitemsep]\n\\item One bell\n\\item[Two] bells\n  and more\n\\end{itemize}',
      ['One bell', 'Two', 'bells and more'],
    ],
    [
      'reads accents',
      'Jos\\\'e and \\"Ozg\\"ur in Troms\\o{} and \\v{S}ibenik, \\\'{\\i}, gar\\c con.',
      [
        'José{Jos\\\'e} and Özgür{\\"Ozg\\"ur} in Tromsø{Troms\\o{}} and Šibenik{\\v{S}ibenik} , í{\\\'{\\i}} , garçon{gar\\c con} .',
      ],
    ],
    [
      'reads escapes',
      'R\\&D, 5\\% of \\#1 a\\_b \\{x\\}',
      ['R&D{R\\&D} , 5 %{\\%} of #{\\#} 1 a_b{a\\_b} {{\\{} x }{\\}}'],
    ],
    [
      'reads quotes and dashes',
      "``Old bells'' --- she said 1990--95.",
      ["“{``} Old bells ”{''} --- she said 1990 -- 95 ."],
    ],
    [
      'reads names of programs',
      '\\LaTeX{} is old, \\TeX\\ too\\ldots',
      ['LaTeX{\\LaTeX{}} is old , TeX{\\TeX} too …{\\ldots}'],
    ],
    ['reads switches in groups', '{\\bf Old} {\\itshape bells} rang.', ['Old bells rang .']],
    [
      'joins wrapped lines and parts paragraphs',
      'The old\nbell rang.\n\nTwice',
      ['The old bell rang .', 'Twice'],
    ],
    ['masks long definitions', '\\newcommand{\\x}[2][y]{a\n\nb {c} d}\nYes.', ['Yes .']],
    ['masks definitions of TeX', '\\def\\x#1{no {no}}\\let\\y=\\x Yes.', ['Yes .']],
    [
      'shows titles of theorems',
      '\\begin{theorem}[Of bells]\nThey ring.\n\\end{theorem}',
      ['Of bells', 'They ring .'],
    ],
    [
      'reads what a text in another language says',
      '\\foreignlanguage{german}{Die Glocke} rang.',
      ['Die Glocke rang .'],
    ],
    ['takes an unclosed argument to the end of its line', '\\label{a\nIt rang.', ['It rang .']],
    ['takes braces without partner for nothing', 'It} rang {twice.', ['It rang twice .']],
    ['masks what is switched off', 'One \\iffalse no\n\\fi bell.', ['One bell .']],
    ['reads items of slides', '\\item<1-> One\n\\item<2> Two', ['One', 'Two']],
    [
      'reads on behind addresses that hold a percent sign',
      '\\href{http://a.org/x%20y}{Mira Olsen} and \\url{http://b.org/%20} left.',
      ['Mira Olsen and left .'],
    ],
    [
      'masks how lines of tables are drawn',
      'A & B \\\\\n\\cmidrule(lr){1-2}\nC \\\\ \\cline{1-2} D',
      ['A', 'B', 'C', 'D'],
    ],
    [
      'reads titles of slides, and masks when something is shown',
      '\\begin{frame}<2->[plain]{The bell}{Of Oslo}\nIt \\only<2>{rang} \\alert<3->{twice}.\n\\begin{block}{Mira}\nLeft.\n\\end{block}\\end{frame}',
      ['The bell', 'Of Oslo', 'It rang twice .', 'Mira', 'Left .'],
    ],
    [
      'masks all keys of many references',
      'She \\parencites{a}{b} and \\cites(see)()[1]{a}[2]{b} left.',
      ['She and left .'],
    ],
    ['parts the arguments of a command', 'It \\replaced{rang}{rung}{} twice.', ['It rang rung twice .']],
    [
      'parts who wrote it from where',
      '\\author{Mira\\inst{1}}\\institute{Oslo}\\email{a@b.org}',
      ['Mira', 'Oslo', 'a@b.org'],
    ],
    [
      'shows signs that are accents on nothing',
      'a \\^{} b \\~{} c \\textsection 5',
      ['a ^{\\^{}} b ~{\\~{}} c §{\\textsection } 5'],
    ],
    [
      'parts words at spaces, and letters from their openings',
      '\\begin{CJK}{UTF8}{min}Mira\\hspace*{1cm}Olsen\\end{CJK}\\opening{Dear Bo,}It rang.\\closing{Yours}',
      ['Mira Olsen', 'Dear Bo ,', 'It rang .', 'Yours'],
    ],
    ['ends at a backslash', 'It rang \\', ['It rang']],
  ];
  for (const [name, text, sentences] of cases)
    it(name, () => assert.deepEqual(shown(text, 'latex'), sentences));
});
