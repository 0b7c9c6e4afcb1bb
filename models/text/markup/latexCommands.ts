/** What the commands of LaTeX and its usual packages show. Commands that are not named here show their arguments. */

/** Commands whose first arguments, so many of them, are no prose. What follows is shown. */
export const MASKED_ARGUMENTS: ReadonlyMap<string, number> = counted(
  `1 label ref eqref pageref vref cref Cref autoref nameref labelcref cite Cite citep citet citealt citealp citeauthor
     citeyear Citep Citet parencite Parencite textcite Textcite autocite Autocite footcite fullcite smartcite supercite
     citetitle nocite bibitem input include includeonly subfile includegraphics includepdf includesvg lstinputlisting
     verbatiminput bibliography bibliographystyle addbibresource usepackage RequirePackage documentclass documentstyle
     vspace hspace vskip hskip pagestyle thispagestyle pagenumbering index url nolinkurl path color pagecolor href
     textcolor colorbox parbox raisebox scalebox rotatebox foreignlanguage hyperlink hypertarget hypersetup geometry
     graphicspath tikzset pgfplotsset lstset sisetup selectlanguage newlength newcounter refstepcounter stepcounter
     phantom hphantom vphantom ensuremath si unit num SIrange usetikzlibrary cline cmidrule inst usetheme usecolortheme pdfbookmark
     captionsetup theoremstyle makebox framebox stepcounter value arabic roman Roman alph Alph fnsymbol glsadd
     doi includestandalone ce tikz hyphenation newif printbibliography
   2 setlength addtolength setcounter addtocounter multicolumn multirow rule resizebox fcolorbox fontsize import SI qty
     newcommand renewcommand providecommand DeclareMathOperator newtheorem inputminted mintinline settowidth
     DeclareRobustCommand newcolumntype newfontfamily newglossaryentry
   3 newenvironment renewenvironment definecolor addcontentsline crefname Crefname newacronym`,
);

/** Commands that take any number of keys, each with notes before it. */
export const MASKED_LISTS: ReadonlySet<string> = words(
  `cites Cites parencites Parencites textcites Textcites autocites Autocites footcites Footcites smartcites Smartcites
   supercites fullcites citetitles`,
);

/** Commands whose argument is an address, in which `%` begins no comment. */
export const ADDRESSED: ReadonlySet<string> = words(
  'href url nolinkurl path doi includegraphics input include hyperref hypersetup',
);

/** Commands whose definitions may go over several paragraphs. */
export const DEFINITIONS: ReadonlySet<string> = words(
  `newcommand renewcommand providecommand newenvironment renewenvironment DeclareMathOperator DeclareRobustCommand
   tikzset pgfplotsset lstset hypersetup sisetup tikz`,
);

/** Commands whose argument is a block of its own. */
export const BLOCKS: ReadonlySet<string> = words(
  `part chapter section subsection subsubsection paragraph subparagraph caption subcaption captionof title subtitle
   author date thanks footnote footnotetext marginpar todo frametitle framesubtitle abstract dedication endnote sidenote
   marginnote epigraph enquoteblock institute affiliation affil address email keywords institution orcid opening closing`,
);

/** Commands that end a block. */
export const BREAKS: ReadonlySet<string> = words(
  `par item bibitem newpage clearpage cleardoublepage pagebreak maketitle tableofcontents listoffigures listoftables
   hline toprule midrule bottomrule cline cmidrule bigskip medskip smallskip appendix and tabularnewline column vfill`,
);

/** Environments that hold no prose. */
export const MASKED_ENVIRONMENTS: ReadonlySet<string> = words(
  `verbatim Verbatim BVerbatim LVerbatim lstlisting minted comment filecontents alltt tikzpicture pgfpicture picture
   tikzcd forest pspicture asy luacode pycode sagesilent code algorithmic algorithm2e equation align gather multline
   eqnarray displaymath math flalign alignat xalignat dmath array subequations prooftree axis scope circuitikz semverbatim
   feynman chemfig gnuplot dot`,
);

/** Arguments of environments that are no prose; those of others are shown. */
export const ENVIRONMENT_ARGUMENTS: ReadonlyMap<string, number> = counted(
  `1 tabular longtable minipage multicols thebibliography otherlanguage adjustbox list enumitem column supertabular
     tabbing adjustwidth* spacing cases letter resizebox scope onlyenv overlayarea
   2 CJK CJK* tabularx tabulary wrapfigure wraptable adjustwidth xltabular`,
);

/** Environments of slides whose first argument is a title. */
export const HEADED: ReadonlySet<string> = words('frame block alertblock exampleblock');

/** Environments whose option is a title. */
export const TITLED: ReadonlySet<string> = words(
  `theorem lemma definition proof corollary proposition example remark thm lem defn cor prop claim conjecture exercise
   solution note fact axiom problem question`,
);

/** What commands without arguments stand for. */
export const SYMBOLS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ LaTeX: 'LaTeX', TeX: 'TeX', LaTeXe: 'LaTeX2e', BibTeX: 'BibTeX', XeTeX: 'XeTeX', LuaTeX: 'LuaTeX' },
    ...{ ldots: '…', dots: '…', textellipsis: '…', textendash: '–', textemdash: '—', textbackslash: '\\' },
    ...{
      textasciitilde: '~',
      textasciicircum: '^',
      textunderscore: '_',
      textbar: '|',
      textless: '<',
      textgreater: '>',
    },
    ...{
      copyright: '©',
      textcopyright: '©',
      textregistered: '®',
      texttrademark: '™',
      S: '§',
      textsection: '§',
      P: '¶',
      pounds: '£',
    },
    ...{ euro: '€', texteuro: '€', textdegree: '°', degree: '°', dag: '†', ddag: '‡', textbullet: '•' },
    ...{
      textquoteleft: '‘',
      textquoteright: '’',
      textquotedblleft: '“',
      textquotedblright: '”',
      lq: '‘',
      rq: '’',
    },
    ...{
      ss: 'ß',
      o: 'ø',
      O: 'Ø',
      ae: 'æ',
      AE: 'Æ',
      oe: 'œ',
      OE: 'Œ',
      aa: 'å',
      AA: 'Å',
      l: 'ł',
      L: 'Ł',
      i: 'ı',
      j: 'ȷ',
    },
    ...{
      dh: 'ð',
      DH: 'Ð',
      th: 'þ',
      TH: 'Þ',
      dj: 'đ',
      DJ: 'Đ',
      ng: 'ŋ',
      NG: 'Ŋ',
      guillemotleft: '«',
      guillemotright: '»',
    },
    ...{ quad: ' ', qquad: ' ', space: ' ', enspace: ' ', thinspace: ' ', textdollar: '$', textpercent: '%' },
    ...{ slash: '/', glqq: '„', grqq: '“', flqq: '«', frqq: '»' },
  }),
);

/** The combining marks that accents put on the letter behind them. */
export const ACCENTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{
      '`': '\u0300',
      "'": '\u0301',
      '^': '\u0302',
      '~': '\u0303',
      '=': '\u0304',
      '.': '\u0307',
      '"': '\u0308',
    },
    ...{
      u: '\u0306',
      v: '\u030c',
      H: '\u030b',
      c: '\u0327',
      k: '\u0328',
      r: '\u030a',
      d: '\u0323',
      b: '\u0331',
    },
  }),
);

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/u));
}

/** `1 name name 2 name`: names with the number before them. */
function counted(list: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  let count = 0;
  for (const word of list.trim().split(/\s+/u))
    if (/^\d$/.test(word)) count = Number(word);
    else counts.set(word, count);
  return counts;
}
