// What the C library offers and Swift cannot reach by itself.
#pragma once
#include <stdio.h>

static inline FILE *nb_stdin(void) { return stdin; }
static inline FILE *nb_stdout(void) { return stdout; }
static inline FILE *nb_stderr(void) { return stderr; }
