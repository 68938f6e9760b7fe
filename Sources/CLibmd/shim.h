// The message digests of the BSD systems.
#pragma once
#include <sys/types.h>
#include <md5.h>
