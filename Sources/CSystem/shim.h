// What the C library offers and Swift cannot reach by itself.
#pragma once
#include <stdio.h>

static inline FILE *nb_stdin(void) { return stdin; }
static inline FILE *nb_stdout(void) { return stdout; }
static inline FILE *nb_stderr(void) { return stderr; }

#include <stdint.h>

// Asks for memory that will be read soon; an address that is none does no harm.
static inline void nb_prefetch(const void *address) { __builtin_prefetch(address); }

// Asks for a text's bytes, which lie in at most three lines of the cache if it is of usual length.
static inline void nb_prefetch_text(uintptr_t address, size_t length) {
  const char *start = (const char *)address;
  __builtin_prefetch(start);
  if (length > 64) __builtin_prefetch(start + 64);
  __builtin_prefetch(start + (length < 192 ? length - 1 : 191));
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
