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

#include <getopt.h>
#include <malloc.h>

// Where getopt_long left off; its globals cannot be reached from Swift 6.
static inline const char *nb_option_argument(void) { return optarg; }
static inline int nb_next_argument(void) { return optind; }
static inline void nb_silence_option_errors(void) { opterr = 0; }
static inline int nb_failed_option(void) { return optopt; }

// Batches are made and thrown away all the time: keep their pages, whose first touch is dear, instead of giving them
// back. Blocks of 32 MB and more, such as a table's columns, still come from the system and go back to it.
static inline void nb_keep_small_blocks(void) {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
}

#include <errno.h>
#include <fcntl.h>

// A file that is opened while standard input, output or error is closed would take its place, and results would be
// written into it. What is closed is opened the wrong way round, so that using it is an error.
static inline void nb_occupy_standard_descriptors(void) {
  for (int descriptor = 0; descriptor <= 2; descriptor++) {
    if (fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
  }
}
