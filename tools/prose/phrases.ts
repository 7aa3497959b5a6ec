/** Words that readers have to translate, or that name a thing differently from the glossary. */
export interface Phrase {
  readonly pattern: RegExp;
  readonly instead: string;
}

const phrase = (pattern: string, instead: string): Phrase => ({ pattern: new RegExp(pattern, 'giu'), instead });

/** The glossary is in docs/concepts.md. */
export const phrases: readonly Phrase[] = [
  // Riddles: the thing has a name.
  phrase(String.raw`\bwhoever\b`, 'name the person or the program'),
  phrase(String.raw`\bsomebody( else)?\b`, 'name the person or the program'),
  phrase(String.raw`\banybody\b`, 'name the person or the program'),
  phrase(String.raw`\bnobody\b`, 'no user, no executor, no other program'),
  phrase(String.raw`\bof (no )?use\b`, 'useful, useless'),
  phrase(String.raw`\bso many\b`, 'the number'),
  phrase(String.raw`\bwhat (be)?came of\b`, 'the result of'),
  phrase(String.raw`\bwhat becomes of\b`, 'what happens to'),
  phrase(String.raw`\b(go|goes|going|gone) on with\b`, 'continue, resume'),
  phrase(String.raw`\bof these? \d+ no more than\b`, 'median, p95'),
  phrase(String.raw`\bthere is no such thing\b`, 'not found'),
  phrase(String.raw`\bhalf of the (calls|attempts|events)\b`, 'median'),
  phrase(String.raw`\bmoves? house\b`, 'migrate'),
  phrase(String.raw`\bless grave\b`, 'a lower level'),
  phrase(String.raw`\bcame twice\b`, 'duplicates'),
  phrase(String.raw`\bcounted anew\b`, 'updates automatically'),
  phrase(String.raw`\bthe time (to stop )?is up\b`, 'timeout, or shutdown timeout, reached'),
  phrase(String.raw`\bopens nothing\b`, 'is invalid'),
  phrase(String.raw`\banew\b`, 'again'),
  phrase(String.raw`\b(is|are|was|were) told\b`, 'say who reports what to whom'),
  phrase(String.raw`\bby itself\b`, 'automatically'),
  phrase(String.raw`\bby themselves\b`, 'automatically'),
  phrase(String.raw`\bas it stands\b`, 'unchanged'),
  phrase(String.raw`\bunder way\b`, 'in flight, running'),
  phrase(String.raw`\bhand(s|ed)? on\b`, 'pass on'),
  phrase(String.raw`\bwhich is said\b`, 'and says so'),
  phrase(String.raw`\bto be seen\b`, 'visible'),
  phrase(String.raw`\bmend(s|ed|ing)?\b`, 'repair, correct'),
  phrase(String.raw`\ball the same\b`, 'still'),
  phrase(String.raw`\bwithout a word\b`, 'silently'),
  phrase(String.raw`\bgoes its way\b`, 'continues'),
  phrase(String.raw`\bthose that there are\b`, 'the existing ones'),
  phrase(String.raw`\bas (it|they) came\b`, 'unchanged, as received'),
  phrase(String.raw`\bstood still\b(?! for)`, 'hung'),
  // One word for one thing.
  phrase(String.raw`\bkeepers?\b`, 'supervisor'),
  phrase(String.raw`\bnatural batch(es|ing)?\b`, 'group commit'),
  phrase(String.raw`\bresident\b(?! (memory|set))`, 'persistent'),
  phrase(String.raw`\btrials?\b`, 'test'),
  phrase(String.raw`\bcensus\b`, 'partition ownership'),
  phrase(String.raw`\bconcealment\b`, 'secret masking'),
  phrase(String.raw`\btime-outs?\b`, 'timeout'),
  phrase(String.raw`\bfast way\b`, 'fast lane'),
];
