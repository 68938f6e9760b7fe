// Loops over bytes that want vector instructions.
#pragma once
#include <stdint.h>
