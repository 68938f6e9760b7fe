// Loops over bytes that want vector instructions: the structure of delimiter-separated text, 64 bytes a step.
//
// The bodies are written once, with the compiler's portable vectors; each is compiled for several instruction sets and
// chosen at run time. Quote state by prefix-xor and positions by bit scan: G. Langdale and D. Lemire, "Parsing
// Gigabytes of JSON per Second" (VLDB Journal 28, 2019), sections 3.1.1 and 3.1.4.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t cscan_block __attribute__((ext_vector_type(64)));
typedef _Bool cscan_block_mask __attribute__((ext_vector_type(64)));

// How far ahead memory is asked for: the processor's own prefetching ends at each page of 4 KB. Beyond a mapping it does
// nothing.
#define CSCAN_AHEAD 1024

#define CSCAN_INLINE static inline __attribute__((always_inline))

// Asks for memory that will be read soon.
CSCAN_INLINE void cscan_prefetch(const void *address) { __builtin_prefetch(address); }

// What means something in a file.
typedef struct {
  uint8_t delimiter;   // equal to lineEnd in a file of one column
  uint8_t quote;
  uint8_t lineEnd;     // the byte that ends a line
  uint8_t hasQuote;    // 0: no byte is a quote
  uint8_t stripsCR;    // 1: a carriage return before the line end belongs to it
  uint8_t skipsBlank;  // 1: lines of nothing but delimiters are no records
} cscan_dialect;

// What one piece of a file holds, for both states that it may begin in: 0 outside quotes, 1 inside.
typedef struct {
  uint64_t lineEnds[2];    // line ends outside quotes
  uint64_t blanks[2];      // of these, ends of blank lines, if the piece begins a line
  uint64_t firstEnd[2];    // offset of the first line end outside quotes; UINT64_MAX without one
  uint64_t linesToFirst[2]; // line end bytes up to that one, itself included
  uint8_t firstIsBlank[2]; // whether that one ends a blank line, if the piece begins a line
  uint8_t tailIsBlank[2];  // whether only delimiters follow the last line end
  uint64_t allLineEnds;    // line end bytes, quoted or not
  uint8_t flips;           // whether the number of quotes is odd
  uint8_t nonASCII;        // whether some byte is 128 or more
} cscan_survey;

// Where the fields of a chunk end.
typedef struct {
  uint64_t bytes;         // the length of the chunk
  uint64_t fieldEnds;     // positions of delimiters and line ends outside quotes
  uint64_t lineEnds;      // of these, line ends
  uint64_t blanks;        // blank lines among them
  uint64_t escapes;       // doubled quotes: the position of the second
  uint64_t quotedEnds;    // line ends inside quotes
  uint8_t hasQuotes;      // whether there is a quote at all
  uint8_t malformed;      // a quote that neither opens nor closes a field as it should
  uint8_t endsInside;     // the chunk ends inside quotes
  uint8_t isCut;          // a line end was found at or behind where the chunk was to end
  uint8_t nonASCII;       // some byte, if not of the chunk then less than 64 behind it, is 128 or more
} cscan_fields;

CSCAN_INLINE uint64_t cscan_equal(const uint8_t *bytes, uint8_t wanted) {
  cscan_block block;
  memcpy(&block, bytes, 64);
  cscan_block_mask mask = __builtin_convertvector(block == (cscan_block)wanted, cscan_block_mask);
  uint64_t bits;
  memcpy(&bits, &mask, 8);
  return bits;
}

CSCAN_INLINE uint64_t cscan_high(const uint8_t *bytes) {
  uint64_t words[8];
  memcpy(words, bytes, 64);
  uint64_t all = 0;
  for (int i = 0; i < 8; i++) all |= words[i];
  return all & 0x8080808080808080u;
}

CSCAN_INLINE uint64_t cscan_prefix_xor(uint64_t bits) {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  bits ^= bits << 32;
  return bits;
}

// The line ends among `ends` that have nothing but `gaps` before them in their line. A carry runs from each line's
// start over the gaps and lands on the first byte that is none.
CSCAN_INLINE uint64_t cscan_blank_ends(uint64_t ends, uint64_t gaps, uint64_t *startsLine) {
  uint64_t starts = ends << 1 | *startsLine;
  uint64_t sum = starts + gaps;
  *startsLine = (uint64_t)(sum < starts) | ends >> 63;
  return sum & ~gaps & ends;
}

CSCAN_INLINE void cscan_survey_body(const uint8_t *bytes, size_t count, const cscan_dialect *dialect,
                                    cscan_survey *result) {
  const cscan_dialect d = *dialect;
  uint64_t lineEnds[2] = {0, 0}, blanks[2] = {0, 0}, first[2] = {UINT64_MAX, UINT64_MAX}, linesToFirst[2] = {0, 0};
  uint64_t startsLine[2] = {1, 1};
  uint8_t firstIsBlank[2] = {0, 0};
  uint64_t allLineEnds = 0, inside = 0, high = 0;
  for (size_t position = 0; position < count; position += 64) {
    const uint8_t *at = bytes + position;
    __builtin_prefetch(at + CSCAN_AHEAD);
    uint64_t live = count - position >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (count - position)) - 1;
    uint64_t quotes = d.hasQuote ? cscan_equal(at, d.quote) & live : 0;
    uint64_t ends = cscan_equal(at, d.lineEnd) & live;
    uint64_t gaps = d.skipsBlank ? cscan_equal(at, d.delimiter) : 0;
    if (d.stripsCR) gaps |= cscan_equal(at, '\r');
    gaps &= live & ~ends;
    if (live == ~(uint64_t)0) {
      high |= cscan_high(at);
    } else {
      for (size_t i = position; i < count; i++) high |= bytes[i] & 0x80;
    }
    uint64_t quoted = cscan_prefix_xor(quotes) ^ inside;
    inside = (uint64_t)((int64_t)quoted >> 63);
    uint64_t outside[2] = {~quoted, quoted};
    uint64_t startedLine[2] = {startsLine[0], startsLine[1]};
    for (int state = 0; state < 2; state++) {
      uint64_t here = ends & outside[state];
      uint64_t blank = d.skipsBlank ? cscan_blank_ends(here, gaps & outside[state], &startsLine[state]) : 0;
      if (first[state] == UINT64_MAX && here != 0) {
        first[state] = position + (uint64_t)__builtin_ctzll(here);
        uint64_t lowest = here & (~here + 1);
        linesToFirst[state] = allLineEnds + (uint64_t)__builtin_popcountll(ends & (lowest | (lowest - 1)));
        firstIsBlank[state] = (blank & here & (~here + 1)) != 0;
      }
      lineEnds[state] += __builtin_popcountll(here);
      blanks[state] += __builtin_popcountll(blank);
    }
    allLineEnds += __builtin_popcountll(ends);
    if (live != ~(uint64_t)0) {
      // The bytes beyond the end were taken for content, which stopped the carry; take it from the bit after the last.
      for (int state = 0; state < 2; state++) {
        uint64_t here = ends & outside[state];
        uint64_t marks = live & ~(gaps & outside[state]);
        startsLine[state] = marks == 0 ? startedLine[state] : here >> (63 - __builtin_clzll(marks)) & 1;
      }
    }
  }
  for (int state = 0; state < 2; state++) {
    result->lineEnds[state] = lineEnds[state];
    result->blanks[state] = blanks[state];
    result->firstEnd[state] = first[state];
    result->linesToFirst[state] = linesToFirst[state];
    result->firstIsBlank[state] = firstIsBlank[state];
    result->tailIsBlank[state] = (uint8_t)startsLine[state];
  }
  result->allLineEnds = allLineEnds;
  result->flips = (uint8_t)(inside & 1);
  result->nonASCII = high != 0;
}

// What the loop over fields is made of, where an instruction set has an instruction for it.
typedef uint64_t cscan_prefix_xor_of(uint64_t bits);
typedef size_t cscan_flatten_of(uint64_t bits, uint32_t base, uint32_t *into, size_t count);

// Writes the set bits' positions; there must be room for 64 of them. Eight are always written, since a branch that is
// predicted wrongly costs more than stores that nobody reads.
CSCAN_INLINE size_t cscan_flatten(uint64_t bits, uint32_t base, uint32_t *into, size_t count) {
  size_t total = (size_t)__builtin_popcountll(bits);
  uint32_t *at = into + count;
  size_t done = 0;
  do {
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; i++) {
      at[done + i] = base + (uint32_t)__builtin_ctzll(bits | (uint64_t)1 << 63);
      bits &= bits - 1;
    }
    done += 8;
  } while (__builtin_expect(done < total, 0));
  return count + total;
}

// The chunk ends behind the first line end outside quotes at or behind `stop`, or without one after `limit` bytes.
CSCAN_INLINE void cscan_fields_body(const uint8_t *bytes, size_t limit, size_t stop, const cscan_dialect *dialect,
                                    uint32_t *fieldEnds, uint32_t *escapes, uint32_t *quotedEnds, cscan_fields *result,
                                    cscan_prefix_xor_of *prefix_xor, cscan_flatten_of *flatten) {
  const cscan_dialect d = *dialect;
  size_t count = limit, fields = 0, escapeCount = 0, quotedCount = 0;
  uint64_t lineEnds = 0, blanks = 0, inside = 0, bad = 0, any = 0, startsLine = 1;
  uint64_t startsField = 1, afterQuote = 0, afterClose = 0, afterReturn = 0;
  uint8_t isCut = 0;
  cscan_block high = (cscan_block)0;
  for (size_t position = 0; position < count; position += 64) {
    const uint8_t *at = bytes + position;
    __builtin_prefetch(at + CSCAN_AHEAD);
    cscan_block block;
    memcpy(&block, at, 64);
    high |= block;
    uint64_t live = count - position >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (count - position)) - 1;
    uint64_t quotes = d.hasQuote ? cscan_equal(at, d.quote) & live : 0;
    uint64_t ends = cscan_equal(at, d.lineEnd) & live;
    uint64_t delimiters = cscan_equal(at, d.delimiter) & live;
    uint64_t returns = d.stripsCR ? cscan_equal(at, '\r') & live : 0;
    uint64_t concerned = quotes | inside | afterQuote | afterClose | afterReturn;
    uint64_t quoted = concerned ? prefix_xor(quotes) ^ inside : 0;
    if (__builtin_expect(position + 64 > stop, 0)) {
      uint64_t behind = stop > position ? ~(uint64_t)0 << (stop - position) : ~(uint64_t)0;
      uint64_t found = ends & ~quoted & behind;
      if (found) {
        isCut = 1;
        count = position + (size_t)__builtin_ctzll(found) + 1;
        live = found ^ (found - 1);
        quotes &= live, ends &= live, delimiters &= live, returns &= live;
        quoted = concerned ? prefix_xor(quotes) ^ inside : 0;
      }
    }
    uint64_t structure = (ends | delimiters) & ~quoted;
    if (concerned) {
      inside = (uint64_t)((int64_t)quoted >> 63);
      any |= quotes;
      uint64_t opens = quotes & quoted, closes = quotes & ~quoted;
      uint64_t starts = structure << 1 | startsField;
      uint64_t follows = quotes << 1 | afterQuote;
      uint64_t closed = closes << 1 | afterClose;
      uint64_t returned = (closed & returns) << 1 | afterReturn;
      bad |= opens & ~(starts | follows);
      bad |= closed & live & ~(ends | delimiters | quotes | returns);
      bad |= returned & live & ~ends;
      afterQuote = quotes >> 63;
      afterClose = closes >> 63;
      afterReturn = (closed & returns) >> 63;
      uint64_t doubled = opens & follows;
      if (doubled) escapeCount = flatten(doubled, (uint32_t)position, escapes, escapeCount);
      uint64_t inner = ends & quoted;
      if (inner) quotedCount = flatten(inner, (uint32_t)position, quotedEnds, quotedCount);
    }
    startsField = structure >> 63;
    uint64_t here = ends & ~quoted;
    if (d.skipsBlank) {
      uint64_t gaps = (delimiters | returns) & ~quoted & ~ends;
      blanks += __builtin_popcountll(cscan_blank_ends(here, gaps, &startsLine));
    }
    lineEnds += __builtin_popcountll(here);
    fields = flatten(structure, (uint32_t)position, fieldEnds, fields);
  }
  result->bytes = count;
  result->fieldEnds = fields;
  result->lineEnds = lineEnds;
  result->blanks = blanks;
  result->escapes = escapeCount;
  result->quotedEnds = quotedCount;
  result->hasQuotes = any != 0;
  result->malformed = bad != 0;
  result->endsInside = inside != 0;
  result->isCut = isCut;
  result->nonASCII = __builtin_reduce_or(high) >= 0x80;
}

// The first byte at or after `position` that is one of four (some may be equal), or `count`.
CSCAN_INLINE size_t cscan_find_body(const uint8_t *bytes, size_t position, size_t count, uint8_t a, uint8_t b, uint8_t c,
                                    uint8_t e) {
  for (; count - position >= 64 && position < count; position += 64) {
    const uint8_t *at = bytes + position;
    uint64_t found = cscan_equal(at, a) | cscan_equal(at, b) | cscan_equal(at, c) | cscan_equal(at, e);
    if (found) return position + (size_t)__builtin_ctzll(found);
  }
  for (; position < count; position++) {
    uint8_t byte = bytes[position];
    if (byte == a || byte == b || byte == c || byte == e) return position;
  }
  return count;
}

typedef uint64_t cscan_words __attribute__((ext_vector_type(8)));
typedef uint32_t cscan_halves __attribute__((ext_vector_type(8)));

// Eight `0` characters.
#define CSCAN_ZEROS 0x3030303030303030u

// All bits of a word where some byte is more than 9.
CSCAN_INLINE cscan_words cscan_are_odd(cscan_words digits) {
  return (cscan_words)(((digits | (digits + 0x0606060606060606u)) & 0xF0F0F0F0F0F0F0F0u) != 0);
}

// The number that bytes 0 to 9 write, the first lowest; added up pairwise.
CSCAN_INLINE cscan_halves cscan_number_of_digits(cscan_words digits) {
  cscan_words pairs = digits * 2561 >> 8 & 0x00FF00FF00FF00FFu;
  cscan_words fours = pairs * 6553601 >> 16 & 0x0000FFFF0000FFFFu;
  return __builtin_convertvector(fours * 42949672960001u >> 32, cscan_halves);
}

// A bit for each word, set where all of its bits are.
CSCAN_INLINE uint64_t cscan_lanes(cscan_words words) {
  typedef _Bool mask __attribute__((ext_vector_type(8)));
  mask lanes = __builtin_convertvector(words, mask);
  uint8_t bits;
  memcpy(&bits, &lanes, 1);
  return bits;
}

// Whole numbers that were read from fields.
typedef struct {
  uint32_t low;   // the lowest of them; UINT32_MAX without one
  uint32_t high;  // the highest; 0 without one
} cscan_range;

// Reads eight fields of 1 to 8 digits without a leading zero. Gives a bit for each that is anything else, whose value
// means nothing. A field is its offset from `base` in the low half of a word, and its length in the high half: anything
// above 8 there, but for the top bit, says that it is to be read by others.
CSCAN_INLINE uint64_t cscan_digits_eight(const uint8_t *base, const uint64_t *fields, uint32_t *values, cscan_halves *low,
                                         cscan_halves *high) {
  cscan_words texts, spans;
  memcpy(&spans, fields, 64);
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) {
    uint64_t word;
    memcpy(&word, base + (uint32_t)fields[i], 8);
    texts[i] = word;
  }
  cscan_words lengths = spans >> 32 & 0x7FFFFFFF;
  cscan_words shift = (64 - lengths * 8) & 63;
  cscan_words digits = (texts << shift) ^ ((cscan_words)CSCAN_ZEROS << shift);
  cscan_halves numbers = cscan_number_of_digits(digits);
  memcpy(values, &numbers, 32);
  // All bits of a lane are set where the field is not read here.
  cscan_words others = cscan_are_odd(digits) | (cscan_words)(lengths - 1 >= 8) |
                       ((cscan_words)((texts & 0xFF) == 0x30) & (cscan_words)(lengths != 1));
  cscan_halves skipped = __builtin_convertvector(others, cscan_halves);
  *low = __builtin_elementwise_min(*low, numbers | skipped);
  *high = __builtin_elementwise_max(*high, numbers & ~skipped);
  return cscan_lanes(others);
}

// The next eight of some fields: as they lie, or where there are fewer, copied to `few`. The fields behind the last have no
// length, and so are none.
CSCAN_INLINE const uint64_t *cscan_next_eight(const uint64_t *fields, size_t left, uint64_t *few) {
  if (left >= 8) return fields;
  memset(few, 0, 64);
  memcpy(few, fields, left * 8);
  return few;
}

// Reads all of `count` fields, eight at a time: READ is given the `eight` fields from `row` on, and gives a bit for each that
// is to be read by others, which `others` gets.
#define CSCAN_BY_EIGHT(READ)                                                                                           \
  for (size_t first = 0; first < count; first += 64) {                                                                 \
    uint64_t word = 0;                                                                                                 \
    for (size_t row = first; row < first + 64 && row < count; row += 8) {                                              \
      uint64_t few[8];                                                                                                 \
      const uint64_t *eight = cscan_next_eight(fields + row, count - row, few);                                        \
      word |= (READ) << (row - first);                                                                                 \
    }                                                                                                                  \
    others[first / 64] = word;                                                                                         \
  }

CSCAN_INLINE cscan_range cscan_digits_body(const uint8_t *base, const uint64_t *fields, size_t count, uint32_t *values,
                                           uint64_t *others) {
  cscan_halves low = (cscan_halves)UINT32_MAX, high = (cscan_halves)0;
  CSCAN_BY_EIGHT(cscan_digits_eight(base, eight, values + row, &low, &high))
  return (cscan_range){__builtin_reduce_min(low), __builtin_reduce_max(high)};
}

// The byte that a word has eight times.
#define CSCAN_EIGHT_TIMES(BYTE) ((BYTE) * (uint64_t)0x0101010101010101u)

// Reads eight fields of up to 8 digits, without a leading zero, and up to 8 more behind a decimal point, 15 in all: as a
// whole number divided by a power of ten, both of which a double has exactly, so that the quotient is the nearest double.
// Gives a bit for each that is anything else, whose value means nothing; fields are as in `cscan_digits_eight`. So many of
// the values are wanted.
CSCAN_INLINE uint64_t cscan_decimals_eight(const uint8_t *base, const uint64_t *fields, uint8_t point, double *values,
                                           size_t wanted) {
  static const uint64_t powers[16] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
  typedef int64_t whole __attribute__((ext_vector_type(8)));
  typedef double real __attribute__((ext_vector_type(8)));
  cscan_words heads, tails, before, behind, power, points;
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) {
    const uint8_t *text = base + (uint32_t)fields[i];
    uint64_t length = fields[i] >> 32 & 0x7FFFFFFF, head, tail;
    memcpy(&head, text, 8);
    uint64_t differs = head ^ CSCAN_EIGHT_TIMES(point);
    uint64_t equal = (differs - CSCAN_EIGHT_TIMES(1)) & ~differs & CSCAN_EIGHT_TIMES(0x80);
    uint64_t place = (equal == 0 ? 64 : (uint64_t)__builtin_ctzll(equal)) >> 3;
    place = place < length ? place : length;
    uint64_t pointed = place < length;
    memcpy(&tail, text + place + pointed, 8);
    heads[i] = head;
    tails[i] = tail;
    before[i] = place;
    points[i] = pointed;
    behind[i] = length - place - pointed;
    power[i] = powers[(length - place - pointed) & 15];
  }
  cscan_words left = (64 - before * 8) & 63, right = (64 - behind * 8) & 63;
  cscan_words digits = (heads << left) ^ ((cscan_words)CSCAN_ZEROS << left);
  cscan_words more = ((tails << right) ^ ((cscan_words)CSCAN_ZEROS << right)) & (cscan_words)(behind != 0);
  cscan_words numbers = __builtin_convertvector(cscan_number_of_digits(digits), cscan_words) * power +
                        __builtin_convertvector(cscan_number_of_digits(more), cscan_words);
  real quotients = __builtin_convertvector((whole)numbers, real) / __builtin_convertvector((whole)power, real);
  memcpy(values, &quotients, wanted * sizeof(double));
  return cscan_lanes(cscan_are_odd(digits) | cscan_are_odd(more) | (cscan_words)(before - 1 >= 8) |
                     (cscan_words)(behind > 8) | (cscan_words)(before + behind > 15) |
                     ((cscan_words)(behind == 0) & (cscan_words)(points != 0)) |
                     ((cscan_words)((heads & 0xFF) == 0x30) & (cscan_words)(before != 1)));
}

CSCAN_INLINE void cscan_decimals_body(const uint8_t *base, const uint64_t *fields, size_t count, uint8_t point,
                                      double *values, uint64_t *others) {
  // The values behind the last are others' to write.
  CSCAN_BY_EIGHT(cscan_decimals_eight(base, eight, point, values + row, count - row < 8 ? count - row : 8))
}

// What texts look like that are a prefix and a number, all of one length of 2 to 16 bytes: their first and their last
// eight bytes outside the number. Shorter texts have zeros before their first byte in the last eight.
typedef struct {
  uint64_t headMask, head, tailMask, tail;
  uint32_t length;
} cscan_serial;

// The numbers of eight such texts; a bit for each text that looks otherwise, whose number means nothing.
CSCAN_INLINE uint64_t cscan_serials_eight(const uint8_t *base, const uint64_t *fields, const cscan_serial *like,
                                          uint32_t *numbers) {
  cscan_words heads, tails, spans;
  memcpy(&spans, fields, 64);
  uint32_t behind = like->length < 8 ? 0 : like->length - 8, shift = like->length < 8 ? 64 - like->length * 8 : 0;
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) {
    uint64_t head, tail;
    memcpy(&head, base + (uint32_t)fields[i], 8);
    memcpy(&tail, base + (uint32_t)fields[i] + behind, 8);
    heads[i] = head;
    tails[i] = tail;
  }
  tails <<= (cscan_words)(uint64_t)shift;
  cscan_words digits = (tails ^ CSCAN_ZEROS) & ~like->tailMask;
  cscan_halves found = cscan_number_of_digits(digits);
  memcpy(numbers, &found, 32);
  return cscan_lanes(cscan_are_odd(digits) | (cscan_words)((spans >> 32 & 0x7FFFFFFF) != like->length) |
                     (cscan_words)((heads & like->headMask) != like->head) |
                     (cscan_words)((tails & like->tailMask) != like->tail));
}

CSCAN_INLINE void cscan_serials_body(const uint8_t *base, const uint64_t *fields, size_t count, const cscan_serial *like,
                                     uint32_t *numbers, uint64_t *others) {
  CSCAN_BY_EIGHT(cscan_serials_eight(base, eight, like, numbers + row))
}

// A text of 1 to 16 bytes: its first eight bytes and its last eight, of which a shorter one has no last. Of length 0: none.
typedef struct {
  uint64_t head, tail;
  uint32_t length, code;
} cscan_text;

// Of so many texts at most one is known for each slot.
#define CSCAN_SLOT_BITS 9

// The slot of a text.
#define CSCAN_SLOT(HEAD, TAIL, LENGTH)                                                                                 \
  (((HEAD) * (uint64_t)0x9E3779B97F4A7C15u + (TAIL) * (uint64_t)0xC2B2AE3D27D4EB4Fu +                                  \
    (LENGTH) * (uint64_t)0x165667B19E3779F9u) >>                                                                       \
   (64 - CSCAN_SLOT_BITS))

static inline size_t cscan_slot(uint64_t head, uint64_t tail, uint64_t length) { return CSCAN_SLOT(head, tail, length); }

// The codes of eight texts; a bit for each that is not known, whose code means nothing.
CSCAN_INLINE uint64_t cscan_codes_eight(const uint8_t *base, const uint64_t *fields, const cscan_text *known,
                                        uint32_t *codes) {
  cscan_words heads, tails, spans;
  memcpy(&spans, fields, 64);
  cscan_words lengths = spans >> 32 & 0x7FFFFFFF;
  cscan_words behind = __builtin_elementwise_min(__builtin_elementwise_max(lengths, (cscan_words)8) - 8, (cscan_words)8);
  uint64_t starts[8];
  behind += spans & 0xFFFFFFFF;
  memcpy(starts, &behind, 64);
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) {
    uint64_t head, tail;
    memcpy(&head, base + (uint32_t)fields[i], 8);
    memcpy(&tail, base + starts[i], 8);
    heads[i] = head;
    tails[i] = tail;
  }
  heads &= (cscan_words)UINT64_MAX >> ((64 - 8 * __builtin_elementwise_min(lengths, (cscan_words)8)) & 63);
  tails &= (cscan_words)(lengths >= 8);
  cscan_words slots = CSCAN_SLOT(heads, tails, lengths);
  uint64_t others = 0;
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) {
    const cscan_text *text = known + slots[i];
    codes[i] = text->code;
    uint64_t differs = (text->head ^ heads[i]) | (text->tail ^ tails[i]) | (text->length ^ lengths[i]);
    others |= (uint64_t)(differs != 0 || lengths[i] == 0) << i;
  }
  return others;
}

CSCAN_INLINE void cscan_codes_body(const uint8_t *base, const uint64_t *fields, size_t count, const cscan_text *known,
                                   uint32_t *codes, uint64_t *others) {
  CSCAN_BY_EIGHT(cscan_codes_eight(base, eight, known, codes + row))
}

#define CSCAN_FOR(suffix, features, prefix_xor, flatten)                                                               \
  static __attribute__((features unused, noinline)) void cscan_survey_##suffix(                                       \
      const uint8_t *bytes, size_t count, const cscan_dialect *dialect, cscan_survey *result) {                        \
    cscan_survey_body(bytes, count, dialect, result);                                                                  \
  }                                                                                                                    \
  static __attribute__((features unused, noinline)) void cscan_fields_##suffix(                                        \
      const uint8_t *bytes, size_t limit, size_t stop, const cscan_dialect *dialect, uint32_t *fieldEnds,              \
      uint32_t *escapes, uint32_t *quotedEnds, cscan_fields *result) {                                                 \
    cscan_fields_body(bytes, limit, stop, dialect, fieldEnds, escapes, quotedEnds, result, prefix_xor, flatten);       \
  }                                                                                                                    \
  static __attribute__((features unused, noinline)) cscan_range cscan_digits_##suffix(                                 \
      const uint8_t *base, const uint64_t *fields, size_t count, uint32_t *values, uint64_t *others) {                 \
    return cscan_digits_body(base, fields, count, values, others);                                                     \
  }                                                                                                                    \
  static __attribute__((features unused, noinline)) void cscan_decimals_##suffix(                                      \
      const uint8_t *base, const uint64_t *fields, size_t count, uint8_t point, double *values, uint64_t *others) {    \
    cscan_decimals_body(base, fields, count, point, values, others);                                                   \
  }                                                                                                                    \
  static __attribute__((features unused, noinline)) void cscan_codes_##suffix(                                         \
      const uint8_t *base, const uint64_t *fields, size_t count, const cscan_text *known, uint32_t *codes,             \
      uint64_t *others) {                                                                                              \
    cscan_codes_body(base, fields, count, known, codes, others);                                                       \
  }                                                                                                                    \
  static __attribute__((features unused, noinline)) void cscan_serials_##suffix(                                       \
      const uint8_t *base, const uint64_t *fields, size_t count, const cscan_serial *like, uint32_t *numbers,          \
      uint64_t *others) {                                                                                              \
    cscan_serials_body(base, fields, count, like, numbers, others);                                                    \
  }

CSCAN_FOR(plain, , cscan_prefix_xor, cscan_flatten)
#if defined(__x86_64__)
#define CSCAN_AVX2 target("avx2,bmi,bmi2,lzcnt,popcnt,pclmul"),
#define CSCAN_AVX512 target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi2,avx2,bmi,bmi2,lzcnt,popcnt,pclmul"),

// A product without carries by a number of all ones.
static inline __attribute__((target("pclmul"))) uint64_t cscan_prefix_xor_clmul(uint64_t bits) {
  typedef long long pair __attribute__((vector_size(16)));
  return (uint64_t)__builtin_ia32_pclmulqdq128((pair){(long long)bits, 0}, (pair){-1, 0}, 0)[0];
}

// The numbers 0 to 63 without those whose bit is not set; sixteen are always written.
static inline __attribute__((CSCAN_AVX512 unused)) size_t cscan_flatten_compress(uint64_t bits, uint32_t base,
                                                                                 uint32_t *into, size_t count) {
  typedef char block __attribute__((vector_size(64)));
  typedef uint8_t bytes __attribute__((ext_vector_type(16)));
  typedef uint32_t words __attribute__((ext_vector_type(16)));
  const block numbers = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
                         22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
                         44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  const size_t total = (size_t)__builtin_popcountll(bits);
  const block found = __builtin_ia32_compressqi512_mask(numbers, (block){0}, bits);
  bytes parts[4];
  memcpy(parts, &found, 64);
  uint32_t *at = into + count;
  for (size_t part = 0; part == 0 || part * 16 < total; part++) {
    words positions = __builtin_convertvector(parts[part], words) + base;
    memcpy(at + part * 16, &positions, 64);
  }
  return count + total;
}

CSCAN_FOR(avx2, CSCAN_AVX2, cscan_prefix_xor_clmul, cscan_flatten)
CSCAN_FOR(avx512, CSCAN_AVX512, cscan_prefix_xor_clmul, cscan_flatten_compress)

// 0 plain, 1 AVX2, 2 AVX-512.
static inline int cscan_level(void) {
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi2") || !__builtin_cpu_supports("popcnt") ||
      !__builtin_cpu_supports("pclmul"))
    return 0;
  return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                 __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vbmi2")
             ? 2
             : 1;
}
#else
#define cscan_survey_avx2 cscan_survey_plain
#define cscan_survey_avx512 cscan_survey_plain
#define cscan_fields_avx2 cscan_fields_plain
#define cscan_fields_avx512 cscan_fields_plain
#define cscan_digits_avx2 cscan_digits_plain
#define cscan_digits_avx512 cscan_digits_plain
#define cscan_decimals_avx2 cscan_decimals_plain
#define cscan_decimals_avx512 cscan_decimals_plain
#define cscan_codes_avx2 cscan_codes_plain
#define cscan_codes_avx512 cscan_codes_plain
#define cscan_serials_avx2 cscan_serials_plain
#define cscan_serials_avx512 cscan_serials_plain
static inline int cscan_level(void) { return 0; }
#endif

// Surveys a piece. 64 bytes beyond its end must be readable.
static inline void cscan_survey_piece(int level, const uint8_t *bytes, size_t count, const cscan_dialect *dialect,
                                      cscan_survey *result) {
  if (level == 2) return cscan_survey_avx512(bytes, count, dialect, result);
  if (level == 1) return cscan_survey_avx2(bytes, count, dialect, result);
  cscan_survey_plain(bytes, count, dialect, result);
}

// Finds the fields of a chunk that begins with a record. It ends behind the first line end outside quotes at or behind
// `stop`, or without one after `limit` bytes, which are less than 4 GiB. 64 bytes beyond the limit must be readable; each
// array needs room for one position per byte and 64 more.
static inline void cscan_chunk_fields(int level, const uint8_t *bytes, size_t limit, size_t stop,
                                      const cscan_dialect *dialect, uint32_t *fieldEnds, uint32_t *escapes,
                                      uint32_t *quotedEnds, cscan_fields *result) {
  if (level == 2) return cscan_fields_avx512(bytes, limit, stop, dialect, fieldEnds, escapes, quotedEnds, result);
  if (level == 1) return cscan_fields_avx2(bytes, limit, stop, dialect, fieldEnds, escapes, quotedEnds, result);
  cscan_fields_plain(bytes, limit, stop, dialect, fieldEnds, escapes, quotedEnds, result);
}

// Reads fields of 1 to 8 digits without a leading zero (`cscan_digits_eight` says what a field is). There is room for
// seven more values than fields; `others` gets a bit for every field that is anything else. Behind the start of each
// field eight bytes must be readable.
static inline cscan_range cscan_digits(int level, const uint8_t *base, const uint64_t *fields, size_t count,
                                       uint32_t *values, uint64_t *others) {
  if (level == 2) return cscan_digits_avx512(base, fields, count, values, others);
  if (level == 1) return cscan_digits_avx2(base, fields, count, values, others);
  return cscan_digits_plain(base, fields, count, values, others);
}

// Reads fields of digits with a decimal point among them (`cscan_decimals_eight` says which); `others` gets a bit for every
// field that is anything else. Behind the start of each field 17 bytes must be readable.
static inline void cscan_decimals(int level, const uint8_t *base, const uint64_t *fields, size_t count, uint8_t point,
                                  double *values, uint64_t *others) {
  if (level == 2) return cscan_decimals_avx512(base, fields, count, point, values, others);
  if (level == 1) return cscan_decimals_avx2(base, fields, count, point, values, others);
  cscan_decimals_plain(base, fields, count, point, values, others);
}

// The numbers of texts that look alike; `others` gets a bit for every field that does not. There is room for seven more
// numbers than fields. Behind the start of each field 16 bytes must be readable.
static inline void cscan_serials(int level, const uint8_t *base, const uint64_t *fields, size_t count,
                                 const cscan_serial *like, uint32_t *numbers, uint64_t *others) {
  if (level == 2) return cscan_serials_avx512(base, fields, count, like, numbers, others);
  if (level == 1) return cscan_serials_avx2(base, fields, count, like, numbers, others);
  cscan_serials_plain(base, fields, count, like, numbers, others);
}

// The codes of texts; `others` gets a bit for every field that is not among the known texts, of which there are as many as
// slots. There is room for seven more codes than fields. Behind the start of each field 16 bytes must be readable.
static inline void cscan_codes(int level, const uint8_t *base, const uint64_t *fields, size_t count,
                               const cscan_text *known, uint32_t *codes, uint64_t *others) {
  if (level == 2) return cscan_codes_avx512(base, fields, count, known, codes, others);
  if (level == 1) return cscan_codes_avx2(base, fields, count, known, codes, others);
  cscan_codes_plain(base, fields, count, known, codes, others);
}

// The first of up to four bytes at or after `position`, or `count`.
static inline size_t cscan_find(const uint8_t *bytes, size_t position, size_t count, uint8_t a, uint8_t b, uint8_t c,
                                uint8_t e) {
  return cscan_find_body(bytes, position, count, a, b, c, e);
}

// Sets bits of a word that other threads may set bits of.
static inline void cscan_or_word(uint64_t *word, uint64_t bits) { __atomic_fetch_or(word, bits, __ATOMIC_RELAXED); }
