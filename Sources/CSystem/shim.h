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

#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

// A new file in a folder, without a name, so that it goes with its last user; -1 where none can be made.
static inline int nb_temporary_file(const char *folder) {
#ifndef O_TMPFILE
  // glibc declares it only under _GNU_SOURCE; the number is the same on all processors that Swift runs on.
  const int unnamed = 020000000 | O_DIRECTORY;
#else
  const int unnamed = O_TMPFILE;
#endif
  const int descriptor = open(folder, unnamed | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
  if (descriptor >= 0) return descriptor;
  // Some file systems know no files without names: the name is taken away at once.
  char path[4096];
  const size_t length = strlen(folder);
  static const char name[] = "/noticebook.XXXXXX";
  if (length + sizeof name > sizeof path) return -1;
  memcpy(path, folder, length);
  memcpy(path + length, name, sizeof name);
  const int named = mkstemp(path);
  if (named < 0) return -1;
  unlink(path);
  fcntl(named, F_SETFD, FD_CLOEXEC);
  return named;
}

// Whether what is written to a folder stays in memory: tmpfs or ramfs.
static inline int nb_is_in_memory(const char *folder) {
  struct statfs status;
  return statfs(folder, &status) == 0 && (status.f_type == 0x01021994 || status.f_type == 0x858458f6);
}
