// XXH3, the checksum of snapshots: Y. Collet's hash, which is faster than memory on every processor.
#pragma once
#include <xxhash.h>
