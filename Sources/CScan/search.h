// Whether some bytes stand in a text: made for many short texts, where the cost of a call counts.
#pragma once
#include "scan.h"

// GNU's search for bytes in bytes, which glibc declares only under _GNU_SOURCE. Its time is linear whatever the bytes.
extern void *memmem(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);

// Where 64 bytes can be loaded of which only the first `count` belong to a text: where they lie, if that touches no
// other page, else a copy.
CSCAN_INLINE const uint8_t *cscan_loadable(const uint8_t *bytes, size_t count, uint8_t *copy) {
  if (((uintptr_t)bytes & 4095) <= 4096 - 64) return bytes;
  memset(copy, 0, 64);
  memcpy(copy, bytes, count);
  return copy;
}

// 64 places at a time are ruled out by the needle's first and last byte (W. Mula, "SIMD-friendly algorithms for substring
// searching", 2016). `length >= size >= 1`. No byte outside the text is read that lies in another page than its own.
CSCAN_INLINE uint8_t cscan_contains_body(const uint8_t *text, size_t length, const uint8_t *needle, size_t size) {
  const uint8_t first = needle[0], last = needle[size - 1];
  const size_t places = length - size + 1;
  uint8_t copies[2][64];
  size_t compared = 0;
  for (size_t position = 0; position < places; position += 64) {
    const uint8_t *starts = text + position, *ends = starts + size - 1;
    uint64_t live = ~(uint64_t)0;
    if (places < 64) {
      live = ((uint64_t)1 << places) - 1;
      starts = cscan_loadable(starts, places, copies[0]);
      ends = cscan_loadable(ends, places, copies[1]);
    } else if (places - position < 64) {
      // The last 64 places, some of them for the second time.
      position = places - 64;
      starts = text + position;
      ends = starts + size - 1;
    }
    uint64_t found = cscan_equal(starts, first) & cscan_equal(ends, last) & live;
    for (; found != 0; found &= found - 1) {
      const uint8_t *candidate = text + position + __builtin_ctzll(found);
      if (size <= 2 || memcmp(candidate + 1, needle + 1, size - 2) == 0) return 1;
      // Text made to deceive: much alike, and nowhere the same.
      compared += size;
      if (compared > 4 * length + 1024) return memmem(candidate, (size_t)(text + length - candidate), needle, size) != 0;
    }
  }
  return 0;
}

#define CSCAN_SEARCH_FOR(suffix, features)                                                                             \
  static __attribute__((features unused, noinline)) uint8_t cscan_contains_##suffix(                                   \
      const uint8_t *text, size_t length, const uint8_t *needle, size_t size) {                                        \
    return cscan_contains_body(text, length, needle, size);                                                            \
  }

CSCAN_SEARCH_FOR(plain, )
#if defined(__x86_64__)
CSCAN_SEARCH_FOR(avx2, CSCAN_AVX2)
CSCAN_SEARCH_FOR(avx512, CSCAN_AVX512)
#else
#define cscan_contains_avx2 cscan_contains_plain
#define cscan_contains_avx512 cscan_contains_plain
#endif

// Whether a needle of at least one byte stands in a text.
static inline uint8_t cscan_contains(int level, const uint8_t *text, size_t length, const uint8_t *needle, size_t size) {
  if (length < size) return 0;
  if (level == 2) return cscan_contains_avx512(text, length, needle, size);
  if (level == 1) return cscan_contains_avx2(text, length, needle, size);
  return cscan_contains_plain(text, length, needle, size);
}
