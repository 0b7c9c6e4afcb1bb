import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tokenize } from '../../../models/text/tokenizer';

/** Tokens on one line; `+` before a word that belongs to the same surface token as the one before. */
const shown = (text: string): string =>
  tokenize(text)
    .map(({ form, joined }) => (joined ? `+${form}` : form))
    .join(' ');

/** Each line: a text, `=>`, its tokens. */
function checkTable(table: string): void {
  for (const line of table.trim().split('\n')) {
    const [text, expected] = line.trim().split(/\s+=>\s+/u);
    assert.equal(shown(text), expected, text);
  }
}

describe('tokenize', () => {
  it('splits contractions and clitics', () => {
    checkTable(`
      I don't know, I can't.        => I do +n't know , I ca +n't .
      “I don’t,” she said.          => “ I do +n’t , ” she said .
      DON'T! Ann's DOGS' bowl       => DO +N'T ! Ann +'s DOGS +' bowl
      I'd've gone; we'll see        => I +'d +'ve gone ; we +'ll see
      It's gonna cost, I wanna go   => It +'s gon +na cost , I wan +na go
      You cannot; I gotta, I dunno  => You can +not ; I got +ta , I du +n +no
      dont im youre thats           => do +nt i +m you +re that +s
      'tis O'Brien's o'clock        => 't +is O'Brien +'s o'clock
      the 1980's, the '90s, 60s     => the 1980's , the '90s , 60s
      its own bell; its not a bell  => its own bell ; it +s not a bell
      alot of bells                 => a lot of bells
    `);
  });

  it('tells quotation marks from apostrophes', () => {
    checkTable(`
      'quoted words' and 'the end.'  => ' quoted words ' and ' the end . '
      the boys' bells, goin' home    => the boys +' bells , goin' home
      "'Nested,' he said."           => " ' Nested , ' he said . "
      ''old style'' quotes           => '' old style '' quotes
      rock 'n' roll, get 'em         => rock 'n' roll , get 'em
    `);
  });

  it('keeps the periods of abbreviations', () => {
    checkTable(`
      Mr. Dale of St. Anne, Ph.D.      => Mr. Dale of St. Anne , Ph.D.
      the U.S. and the U.K.-led one    => the U.S. and the U.K. - led one
      e.g. at 10 a.m., i.e. early      => e.g. at 10 a.m. , i.e. early
      J. R. Hart and Co., Inc., etc.   => J. R. Hart and Co. , Inc. , etc.
      see Fig. 3, No. 5 and pp. 12-15  => see Fig. 3 , No. 5 and pp. 12 - 15
      No. I sat. The sun.              => No . I sat . The sun .
      the bells.They rang              => the bells . They rang
    `);
  });

  it('keeps addresses and names of files whole', () => {
    checkTable(`
      (see http://a.org/b_(c)).         => ( see http://a.org/b_(c) ) .
      Visit www.bell.org/tower, or bell.co.uk! => Visit www.bell.org/tower , or bell.co.uk !
      <mailto:ann@bell.org> ann.b+c@bell.org. => < mailto:ann@bell.org > ann.b+c@bell.org .
      open notes_v2.docx and ring.py    => open notes_v2.docx and ring.py
      @ann_b likes #bells, #1           => @ann_b likes #bells , # 1
      192.168.0.1 v1.2.3 C++ .NET       => 192.168.0.1 v1.2.3 C++ .NET
    `);
  });

  it('splits numbers from units, signs and ranges', () => {
    checkTable(`
      $3.50, £3m, US$4 and 20%         => $ 3.50 , £ 3 m , US$ 4 and 20 %
      3,400.5 kg; 5pm, 10:30am, 65k    => 3,400.5 kg ; 5 pm , 10:30 am , 65 k
      9/11 but 1/2; 04/30/2001         => 9/11 but 1 / 2 ; 04/30/2001
      10-12, 1914-1918, 2020-01-15     => 10 - 12 , 1914 - 1918 , 2020-01-15
      555-0142, 1-800-555-0142         => 555-0142 , 1-800-555-0142
      the 21st, H2O, MP3, 3D, 5'10"    => the 21st , H2O , MP3 , 3D , 5 ' 10 "
      08:27:46 +44 -5 .04              => 08:27:46 +44 - 5 .04
    `);
  });

  it('splits at hyphens but for prefixes', () => {
    checkTable(`
      well-known mother-in-law         => well - known mother - in - law
      e-mail, re-elect, anti-war       => e-mail , re-elect , anti-war
      mid-1990s, 26-year-old           => mid-1990s , 26 - year - old
      word--word, 1998–2001, no—yes    => word -- word , 1998 – 2001 , no — yes
      and/or, w/o, AT&T, R&D           => and / or , w/o , AT&T , R&D
    `);
  });

  it('keeps runs of punctuation, emoticons and emoji whole', () => {
    checkTable(`
      well... no….. wait!!! What?!     => well ... no ….. wait !!! What ?!
      great :-) ;) <3 great:( XD       => great :-) ;) <3 great :( XD
      ***note*** (8) 8:30 a:b          => *** note *** ( 8 ) 8:30 a : b
      ---------- ==> <<x>> ~           => ---------- ==> << x >> ~
      ok👍🏽👍 👩‍👩‍👧 🇫🇷🇩🇪 1️⃣ ❤️!           => ok 👍🏽 👍 👩‍👩‍👧 🇫🇷 🇩🇪 1️⃣ ❤️ !
    `);
  });

  it('leaves out what is invisible and keeps what is strange', () => {
    assert.equal(shown('\uFEFFa\u200Bb\u0000c\u00a0d\u2028e'), 'a b c d e');
    assert.equal(shown('basic\u00ADally e\u0301te\u0301'), 'basic\u00ADally e\u0301te\u0301');
    assert.equal(shown('a\ud83db \ude00'), 'a \ud83d b \ude00');
    assert.equal(shown('Привет, мир. 東京'), 'Привет , мир . 東京');
    assert.deepEqual(tokenize(''), []);
    assert.deepEqual(tokenize(' \n\t'), []);
  });

  it('counts offsets in the whole text, and reads only the part it is given', () => {
    const text = 'One 😀 bell rang.';
    assert.deepEqual(tokenize(text, 4, 11), [
      { start: 4, end: 6, form: '😀' },
      { start: 7, end: 11, form: 'bell' },
    ]);
  });

  it('takes long words without blanks in its stride', () => {
    for (const part of ['a-', 'a.', 'a@', "'s", '1,', '_a', '.doc', 'www.', '😀', '\ud83d', '://']) {
      const text = part.repeat(20_000);
      const covered = tokenize(text).reduce((sum, { start, end }) => sum + end - start, 0);
      assert.equal(covered, text.length, part);
    }
  });
});
