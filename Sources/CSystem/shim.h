// What the C library offers and Swift cannot reach by itself.
#pragma once
#include <stdio.h>

static inline FILE *nb_stdin(void) { return stdin; }
static inline FILE *nb_stdout(void) { return stdout; }
static inline FILE *nb_stderr(void) { return stderr; }

// GNU's search for bytes in bytes, which glibc declares only under _GNU_SOURCE.
extern void *memmem(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);

static inline const void *nb_memmem(
  const void *haystack, size_t haystack_length, const void *needle, size_t needle_length) {
  return memmem(haystack, haystack_length, needle, needle_length);
}
