// Mapped files that shrink while they are read: the pages that are gone become zeros instead of killing the process.
#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct {
  uintptr_t base;  // 0: the slot is free
  uintptr_t size;
  int damaged;     // whether a page of it has been replaced
} cscan_mapping;

#define CSCAN_MAPPINGS 4096

typedef struct {
  cscan_mapping mappings[CSCAN_MAPPINGS];
  struct sigaction previous;
  int handles;
} cscan_watch_state;

// One per file that includes this: Swift reaches it from a single one. A variable of the function, since Swift makes
// functions of a header, but no variables.
static cscan_watch_state *cscan_watched(void) {
  static cscan_watch_state state;
  return &state;
}

// Runs inside the faulting access; uses only what POSIX lets a signal handler use, and mmap.
static void cscan_on_sigbus(int number, siginfo_t *info, void *context) {
  (void)context;
  uintptr_t address = (uintptr_t)info->si_addr;
  cscan_mapping *mappings = cscan_watched()->mappings;
  for (int i = 0; i < CSCAN_MAPPINGS; i++) {
    uintptr_t base = __atomic_load_n(&mappings[i].base, __ATOMIC_ACQUIRE);
    if (base == 0 || address < base || address - base >= mappings[i].size) continue;
    uintptr_t page = address & ~(uintptr_t)(sysconf(_SC_PAGESIZE) - 1);
    void *fresh = mmap((void *)page, (size_t)sysconf(_SC_PAGESIZE), PROT_READ,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    if (fresh == MAP_FAILED) break;
    __atomic_store_n(&mappings[i].damaged, 1, __ATOMIC_RELEASE);
    return;
  }
  // Not ours: the access faults again under whatever was in force before.
  sigaction(number, &cscan_watched()->previous, NULL);
}

// Watches a mapping; NULL when all slots are in use. Callers hold a lock around this and `cscan_unwatch`.
static cscan_mapping *cscan_watch(const void *base, size_t size) {
  cscan_watch_state *state = cscan_watched();
  cscan_mapping *mappings = state->mappings;
  if (!state->handles) {
    struct sigaction action = {0};
    action.sa_sigaction = cscan_on_sigbus;
    action.sa_flags = SA_SIGINFO;
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGBUS, &action, &state->previous) != 0) return NULL;
    state->handles = 1;
  }
  for (int i = 0; i < CSCAN_MAPPINGS; i++) {
    if (mappings[i].base != 0) continue;
    mappings[i].size = size;
    mappings[i].damaged = 0;
    __atomic_store_n(&mappings[i].base, (uintptr_t)base, __ATOMIC_RELEASE);
    return &mappings[i];
  }
  return NULL;
}

static inline void cscan_unwatch(cscan_mapping *mapping) {
  __atomic_store_n(&mapping->base, 0, __ATOMIC_RELEASE);
}

static inline int cscan_is_damaged(const cscan_mapping *mapping) {
  return __atomic_load_n(&mapping->damaged, __ATOMIC_ACQUIRE);
}
